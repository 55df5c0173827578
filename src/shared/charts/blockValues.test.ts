import { expect, test } from 'vitest';
import { syntheticRecord, syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import { createLatencyReader } from '../effects/latencyReader';
import { metricNamed } from '../metrics';
import { blockValues } from './blockValues';

test('the dots of a repeated block are those of the attempt that effects are computed from, for every variant', () => {
  const record = syntheticRecord({ effects: [], sentence: '' });
  const variants = record.variants.map(({ name }, index) => ({ name, index }));
  const valuesOf = (trials: typeof record.trials): readonly (number | null)[] | undefined =>
    blockValues({ ...record, trials }, variants, metricNamed('rss_mean_mb'), createLatencyReader())[0]?.values;
  // Only the candidate's trial was disturbed: the baseline's of that attempt does not count either.
  const disturbed = variants.map(({ name, index }) =>
    syntheticTrial({
      ...{ variant: name, block: 0, position: index - 2, latency: {}, disturbed: index === 1 },
      rssBytes: { mean: 999e6, peak: 999e6 },
    }),
  );
  expect(valuesOf([...disturbed, ...record.trials])).toEqual(valuesOf(record.trials));
});
