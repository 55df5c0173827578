import { studentQuantile, type Interval } from './blockEstimate';

/**
 * The standard deviation of one block that a Student interval `estimate ± t·sd/√blocks` was made from, on the interval's own scale. `freedom`:
 * degrees of freedom of its t.
 */
export function impliedSd({ low, high }: Interval, level: number, blocks: number, freedom = blocks - 1): number {
  return (((high - low) / 2) * Math.sqrt(blocks)) / studentQuantile((1 + level) / 2, freedom);
}

/**
 * One standard deviation from several runs, each with as many degrees of freedom as blocks − 1: the root of the weighted mean of
 * variances (the pooled variance of an analysis of variance). The runs' means do not enter: each is around its own.
 */
export function pooledSd(runs: readonly { readonly sd: number; readonly blocks: number }[]): number {
  const freedom = runs.reduce((sum, { blocks }) => sum + blocks - 1, 0);
  return Math.sqrt(runs.reduce((sum, { sd, blocks }) => sum + (blocks - 1) * sd ** 2, 0) / freedom);
}

/**
 * Half of the interval of a ratio that so many blocks will have, as a share (0.018 = ±1.8 %): exp(t·sd/√blocks) − 1, with `logSd` of one
 * block's log ratio taken as known. Null for fewer than 3 blocks, which give no interval.
 */
export function resolvableShare(logSd: number, blocks: number, level: number): number | null {
  if (blocks < 3) return null;
  return Math.expm1((studentQuantile((1 + level) / 2, blocks - 1) * logSd) / Math.sqrt(blocks));
}
