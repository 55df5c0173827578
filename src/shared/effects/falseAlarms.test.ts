import { describe, expect, test } from 'vitest';
import {
  adjustmentOf,
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

const ways = ['as measured', 'at equal machine speed'] as const;
type How = (typeof ways)[number];

function compare(
  seed: number,
  blocks: number,
  effects: Effects,
  how: How,
): { readonly metric: Headline; readonly ratio: Estimate; readonly isClaim: boolean }[] {
  const nextBlock = driftingMachine(effects, seed, blocks);
  const values = Array.from({ length: blocks }, nextBlock);
  const { level } = headlineFamily({ headline, candidates: 1, hasCapacity: true });
  return headline.map((name) => {
    const metric = metricNamed(name);
    const pairs = values.map((block) => block[name]);
    const adjustment = how === 'at equal machine speed' ? adjustmentOf(name, pairs) : null;
    const { ratio, verdict } = compareMeans(pairs, metric.resolution, { metric, level, seed, adjustment });
    if (!ratio) throw new Error('no ratio');
    return { metric: name, ratio, isClaim: verdict === 'increase' || verdict === 'decrease' };
  });
}

const halfWidth = ({ interval95 }: Estimate): number => Math.log(interval95.high / interval95.low) / 2;

describe.each(ways.flatMap((how) => [3, 6, 15].map((blocks) => ({ blocks, how }))))(
  'comparisons of $blocks blocks on a drifting, bursting machine, $how',
  ({ blocks, how }) => {
    test('call an identical pair different on any headline metric in at most 5 %', () => {
      let falseClaims = 0;
      for (let seed = 0; seed < comparisons; seed += 1) {
        if (compare(seed, blocks, none, how).some(({ isClaim }) => isClaim)) falseClaims += 1;
      }
      expect(falseClaims / comparisons).toBeLessThanOrEqual(0.05);
    });

    test('hold an injected effect inside the 95 % interval in at least 93 %', () => {
      const covered = new Map<Headline, number>(headline.map((name) => [name, 0]));
      for (let seed = 0; seed < coverageComparisons; seed += 1) {
        for (const { metric, ratio } of compare(seed, blocks, injected, how)) {
          const isInside = ratio.interval95.low <= injected[metric] && injected[metric] <= ratio.interval95.high;
          if (isInside) covered.set(metric, (covered.get(metric) ?? 0) + 1);
        }
      }
      for (const [metric, count] of covered) expect(count / coverageComparisons, metric).toBeGreaterThanOrEqual(0.93);
    });
  },
);

test('adjusting makes intervals narrower, with a wrong slope too', () => {
  const narrower = new Map<Headline, number[]>(headline.map((name) => [name, []]));
  for (let seed = 0; seed < 200; seed += 1) {
    const [raw, adjusted] = [compare(seed, 6, none, 'as measured'), compare(seed, 6, none, 'at equal machine speed')];
    raw.forEach(({ metric, ratio }, index) => {
      const other = adjusted[index];
      if (other) narrower.get(metric)?.push(halfWidth(other.ratio) / halfWidth(ratio));
    });
  }
  for (const [metric, shares] of narrower) {
    const median = [...shares].sort((one, other) => one - other)[shares.length / 2];
    expect(median, metric).toBeLessThan(0.9);
  }
});
