import { describe, expect, test } from 'vitest';
import { syntheticHistory } from '../../../test/fixtures/syntheticHistory';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { trendsOf } from '../../shared/trend';
import { createColours } from './colours';
import { displayWidth } from './displayWidth';
import { trendLines } from './trendLines';

const options = { colours: createColours(false), hasUnicode: true };
const trends = trendsOf(syntheticHistory(syntheticRecord()).runs);

describe('a trend in the terminal', () => {
  test('has a line per run within 80 columns, the pinned one said to be it', () => {
    for (const trend of trends) {
      const lines = trendLines(trend, options);
      expect(lines).toHaveLength(1 + trend.points.length);
      expect(lines.filter((line) => line.endsWith(' pinned'))).toHaveLength(1);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    }
  });

  test('draws every run on one axis, zero at one place', () => {
    const [trend] = trends;
    if (trend === undefined) throw new Error('There is no trend.');
    const zeros = new Set(
      trendLines(trend, options)
        .slice(1)
        .map((line) => line.indexOf('│'))
        .filter((at) => at >= 0),
    );
    expect(zeros.size).toBe(1);
  });
});
