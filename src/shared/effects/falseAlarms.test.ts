import { describe, expect, test } from 'vitest';
import {
  driftingMachine,
  headline,
  injected,
  none,
  type Effects,
  type Headline,
} from '../../../test/fixtures/driftingMachine';
import { metricNamed } from '../metrics';
import type { Estimate } from '../record';
import { compareMeans } from './compareMeans';
import { headlineFamily } from './headlineLevel';

/** With so many a share of 5 % is seen to within ±0.5 % (one sd), one of 2.3–3.2 % as found here to within ±0.4 %: no tolerance is added. */
const comparisons = 2000;
/** Coverage of 95 % is seen to within ±0.9 % (one sd). */
const coverageComparisons = 600;

function compare(
  seed: number,
  blocks: number,
  effects: Effects,
): { readonly metric: Headline; readonly ratio: Estimate; readonly isClaim: boolean }[] {
  const nextBlock = driftingMachine(effects, seed, blocks);
  const values = Array.from({ length: blocks }, nextBlock);
  const { level } = headlineFamily({ headline, candidates: 1, hasCapacity: true });
  return headline.map((name) => {
    const metric = metricNamed(name);
    const pairs = values.map((block) => block[name]);
    const { ratio, verdict } = compareMeans(pairs, metric.resolution, { metric, level, seed });
    if (!ratio) throw new Error('no ratio');
    return { metric: name, ratio, isClaim: verdict === 'increase' || verdict === 'decrease' };
  });
}

describe.each([3, 6, 15])('comparisons of %i blocks on a drifting, bursting machine', (blocks) => {
  test('call an identical pair different on any headline metric in at most 5 %', () => {
    let falseClaims = 0;
    for (let seed = 0; seed < comparisons; seed += 1) {
      if (compare(seed, blocks, none).some(({ isClaim }) => isClaim)) falseClaims += 1;
    }
    expect(falseClaims / comparisons).toBeLessThanOrEqual(0.05);
  });

  test('hold an injected effect inside the 95 % interval in at least 93 %', () => {
    const covered = new Map<Headline, number>(headline.map((name) => [name, 0]));
    for (let seed = 0; seed < coverageComparisons; seed += 1) {
      for (const { metric, ratio } of compare(seed, blocks, injected)) {
        const isInside = ratio.interval95.low <= injected[metric] && injected[metric] <= ratio.interval95.high;
        if (isInside) covered.set(metric, (covered.get(metric) ?? 0) + 1);
      }
    }
    for (const [metric, count] of covered) expect(count / coverageComparisons, metric).toBeGreaterThanOrEqual(0.93);
  });
});
