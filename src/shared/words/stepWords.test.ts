import { beforeAll, describe, expect, test } from 'vitest';
import { effectOf } from '../../../test/fixtures/effectOf';
import { ladderRecord } from '../../../test/fixtures/ladderRecord';
import type { ComparisonRecord } from '../record';
import { stepSize, stepsOf, stepsSentence } from './stepWords';

let record: ComparisonRecord;
beforeAll(() => {
  record = ladderRecord();
});

describe('steps in words', () => {
  test('go up the ladder from the baseline, the first rung being an effect', () => {
    const steps = stepsOf(record, 'cpu_ms_per_request');
    expect(steps.map(({ baseline, candidate }) => [baseline, candidate])).toEqual([
      ['no_honeybadger', 'without_insights'],
      ['without_insights', 'collect_only'],
      ['collect_only', 'with_insights'],
    ]);
  });

  test('stand in the verdict once, with an interval each and called exploratory', () => {
    const size = String.raw`[+−]\d+\.\d % \([+−]\d+\.\d to [+−]\d+\.\d\)`;
    expect(record.sentence).toMatch(
      new RegExp(
        String.raw`\. Step by step \(exploratory, 95 % CI\): without_insights ${size}, collect_only ${size}, with_insights ${size} CPU per request$`,
      ),
    );
  });

  test('the sentence of several candidates says of further claims the words, and leaves their sizes to the tables', () => {
    const [last] = record.sentence.split('. Step by step').slice(0, 1);
    expect(last).toMatch(
      /Also mean latency slower(, real but smaller than what matters)?; capacity lower; CPU per request when busy costlier$/,
    );
  });

  test('a metric without a ratio is said in its unit, at 95 % whatever the level of its word', () => {
    const step = effectOf('rss_mean_mb', [2.6, 2.1, 3.1], { baselineMean: 84 });
    expect(stepSize(step)).toBe('+2.6 MB (+2.1 to +3.1)');
    expect(stepSize({ ...step, difference: null })).toBeNull();
  });

  test('the first rung is said at 95 % too, although its word comes from a wider interval', () => {
    const effect = effectOf('cpu_ms_per_request', [1.05, 1.01, 1.09]);
    const ratio = effect.ratio && { ...effect.ratio, interval95: { low: 1.02, high: 1.08 } };
    expect(stepSize({ ...effect, ratio })).toBe('+5.0 % (+2.0 to +8.0)');
  });

  test('are silent in a record that has none', () => {
    const { steps: _steps, ...without } = record;
    expect(stepsSentence(without)).toBe('');
    expect(stepsOf(without, 'cpu_ms_per_request')).toEqual([]);
  });
});
