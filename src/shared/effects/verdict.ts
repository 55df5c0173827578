import type { Estimate, Verdict } from '../record';
import type { Interval } from '../statistics/blockEstimate';
import { isEquivalent } from '../statistics/equivalence';

export interface Judgement {
  readonly verdict: Verdict;
  /** The interval excludes no effect and yet the effect is equivalent to none: "real but smaller than what matters". */
  readonly isSmallerThanMatters: boolean;
}

/**
 * The one verdict table.
 *
 * | the interval at its level | the 90 % interval | verdict |
 * | --- | --- | --- |
 * | above no effect | any | `increase` |
 * | below no effect | any | `decrease` |
 * | holds no effect | inside the margins | `equivalent` |
 * | holds no effect | not inside, or no margins | `inconclusive` |
 *
 * It reads the very numbers that are printed, so that interval and word cannot disagree. `noEffect` is 1 for ratios and
 * 0 for differences; `margins` are on the same scale, null when no effect is too small to matter.
 */
export function judge(estimate: Estimate, noEffect: number, margins: Interval | null): Judgement {
  const isSmall = margins !== null && isEquivalent(estimate.equivalence, margins);
  if (estimate.low > noEffect) return { verdict: 'increase', isSmallerThanMatters: isSmall };
  if (estimate.high < noEffect) return { verdict: 'decrease', isSmallerThanMatters: isSmall };
  return { verdict: isSmall ? 'equivalent' : 'inconclusive', isSmallerThanMatters: false };
}

/**
 * Margins of a ratio for the smallest effect that matters, given as a share of the baseline: from 1/(1+share) to 1+share,
 * even on the logarithmic scale, so that the word does not depend on which variant is the baseline.
 */
export function ratioMargins(share: number): Interval {
  return { low: 1 / (1 + share), high: 1 + share };
}
