import type { Interval } from './blockEstimate';
import { incompleteBeta } from './incompleteBeta';
import { sampleSd } from './sampleSd';

/** A first stage of fewer blocks says too little of the spread to plan by. */
const fewestFirstBlocks = 3;
/** Later blocks that would spread so much more by chance in 5 % of comparisons are believed before the first stage is. */
const widerAt = 0.05;

/**
 * Stein's two-stage procedure (1945, Ann. Math. Statist. 16:243–258): so many blocks in all that half of the interval at its
 * level is at most `halfWidth` as a share (0.02 = ±2 %), given the interval of a ratio after the first `blocks` of them. Half is
 * meant evenly on the logarithmic scale, √(high/low) − 1. Never fewer than there are; Infinity for an interval without bounds.
 */
export function blocksForHalfWidth(first: Interval, blocks: number, halfWidth: number): number {
  const now = Math.log1p(halfWidthShare(first));
  const needed = blocks * (now / Math.log1p(halfWidth)) ** 2;
  // An exact hit must not ask for one more block because of its last bit.
  return Number.isFinite(needed) ? Math.max(blocks, Math.ceil(needed * (1 - 1e-12))) : Infinity;
}

/** Half of the width of a ratio's interval, as a share (0.021 = ±2.1 %), even on the logarithmic scale. */
export function halfWidthShare({ low, high }: Interval): number {
  return Math.sqrt(high / low) - 1;
}

export interface Spread {
  readonly sd: number;
  readonly degreesOfFreedom: number;
}

export interface StagedSpread extends Spread {
  /** The blocks after the first stage spread so much more that its sd is not believed (one-sided F test at 5 %). */
  readonly isWiderLater: boolean;
}

/**
 * The standard deviation of values, of which the first `firstStage` fixed the number of all, and its degrees of freedom.
 *
 * It is the first stage's own, with firstStage − 1: the number of blocks hangs on that sd alone, which among normal values tells nothing
 * of the mean, so that Student's t with it is exact for every metric and level (Stein 1945). The sd of all blocks would be too
 * small: where the first blocks happened to be calm the later ones are few (in simulation intervals at 95 % missed in 7.7 %).
 * Exactness presumes that the later blocks are like the first: where they spread more than an F test at 5 % allows, the
 * sd of all stands in if it is the larger. That can only widen an interval.
 *
 * Without a later block, or with too few first ones, it is that of all, with one less than their number.
 */
export function twoStageSpread(values: readonly number[], firstStage: number): Spread {
  const { sd, degreesOfFreedom } = spreadOfStages(values, firstStage);
  return { sd, degreesOfFreedom };
}

function spreadOfStages(values: readonly number[], firstStage: number): StagedSpread {
  const all = spreadOf(values);
  return hasTwoStages(values, firstStage)
    ? stagedSpread(spreadOf(values.slice(0, firstStage)), all, values.slice(firstStage))
    : { ...all, isWiderLater: false };
}

/** The first stage's spread, or that of all where `later` values spread more than it lets expect. */
export function stagedSpread(first: Spread, all: Spread, later: readonly number[]): StagedSpread {
  const isWiderLater = later.length >= 2 && isWider(first, spreadOf(later));
  return { ...first, sd: isWiderLater ? Math.max(first.sd, all.sd) : first.sd, isWiderLater };
}

/** Whether the blocks after the first stage spread so much more that its sd is not believed (one-sided F test at 5 %). */
export function spreadsMoreLater(values: readonly number[], firstStage: number): boolean {
  return spreadOfStages(values, firstStage).isWiderLater;
}

function spreadOf(values: readonly number[]): Spread {
  return { sd: sampleSd(values), degreesOfFreedom: values.length - 1 };
}

/** Whether the second spread is larger than the first by more than an F test at 5 %, one-sided, allows. */
function isWider(first: Spread, later: Spread): boolean {
  const [before, after] = [first.sd ** 2, later.sd ** 2];
  const [degreesAfter, degreesBefore] = [later.degreesOfFreedom, first.degreesOfFreedom];
  // The upper tail of F(d1, d2) at f is I_x(d2/2, d1/2) with x = d2 / (d2 + d1·f); here both sides are multiplied by the first variance.
  const share = (degreesBefore * before) / (degreesBefore * before + degreesAfter * after);
  return after > before && incompleteBeta(share, degreesBefore / 2, degreesAfter / 2) < widerAt;
}

/** Degrees of freedom for what is read off all blocks of a comparison whose number its first stage fixed: not exact, but never too many. */
export function degreesOfFreedomOf(blocks: number, firstStage = blocks): number {
  return firstStage < blocks && firstStage >= fewestFirstBlocks ? firstStage - 1 : blocks - 1;
}

/** Whether some of the values come after a first stage that is large enough to plan by. */
export function hasTwoStages(values: readonly unknown[], firstStage: number): boolean {
  return firstStage < values.length && firstStage >= fewestFirstBlocks;
}
