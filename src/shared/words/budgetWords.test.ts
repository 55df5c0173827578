import { describe, expect, test } from 'vitest';
import { effectOf } from '../../../test/fixtures/effectOf';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import type { BudgetResult, Effect } from '../record';
import { budgetWords } from './budgetWords';

const record = syntheticRecord();

function words(result: BudgetResult['result'], limit: string, ...effects: Effect[]): string {
  const [metric = 'cpu_ms_per_request'] = effects.map((effect) => effect.metric);
  return budgetWords({ ...record, effects }, { metric, limit, result });
}

const cpu = (ratio: readonly [number, number, number]): Effect =>
  effectOf('cpu_ms_per_request', ratio, { level: 0.95, blocks: 6, verdict: 'inconclusive' });

describe('a budget', () => {
  test('is said in a word where it is decided', () => {
    expect(words('pass', '+5%', cpu([1.01, 1, 1.02]))).toBe('within');
    expect(words('fail', '+5%', cpu([1.1, 1.09, 1.11]))).toBe('exceeded');
  });

  test('that is not says how well its metric is known and what would settle it', () => {
    expect(words('inconclusive', '+5%', cpu([1.01, 0.95, 1.07]))).toMatch(
      /^inconclusive: known to ±6 %; about \d+ more blocks \(\d+ min\) would settle it$/,
    );
    const moreBlocks = (limit: string): number =>
      Number(/about (\d+) more/.exec(words('inconclusive', limit, cpu([1.01, 0.95, 1.07])))?.[1]);
    expect(moreBlocks('+3%')).toBeGreaterThan(moreBlocks('+5%'));
    const memory = effectOf('rss_mean_mb', [2, -1, 5], { level: 0.95, blocks: 6, verdict: 'inconclusive' });
    expect(words('inconclusive', '+4MB', memory)).toContain('known to ±3 MB');
  });

  test('whose limit is where the effect is will hardly be settled', () => {
    expect(words('inconclusive', '+5%', cpu([1.05, 1.02, 1.0803]))).toContain('so close to the limit');
  });

  test('takes what the candidate needs that is furthest from a decision', () => {
    const near = cpu([1.0, 0.95, 1.053]);
    const far = { ...cpu([1.04, 0.98, 1.1]), candidate: 'other' };
    expect(words('inconclusive', '+5%', near, far)).toBe(words('inconclusive', '+5%', far));
  });

  test('of what was not measured, or of a metric that is not known, says no more', () => {
    expect(words('inconclusive', '+5%')).toBe('inconclusive');
    expect(budgetWords(record, { metric: 'rows', limit: '+5%', result: 'inconclusive' })).toBe('inconclusive');
  });
});
