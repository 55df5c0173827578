import { studentEstimate, type BlockEstimate, type Interval } from './blockEstimate';
import { clopperPearson } from './clopperPearson';
import { mean } from './mean';
import { sampleSd } from './sampleSd';
import { degreesOfFreedomOf } from './twoStage';

/** Failures among requests of one block. */
export interface Counts {
  readonly failures: number;
  readonly requests: number;
}

/**
 * Difference candidate − baseline of two rates pooled over blocks.
 *
 * Of the ways to set exact bounds (Clopper & Pearson) of the two rates together, this is Newcombe's square-and-add
 * (1998, Stat. Med. 17:873–890, method 10) with exact bounds in place of Wilson's (the MOVER of Zou & Donner 2008,
 * Stat. Med. 27:1693–1702): conservative, and at zero failures on both sides the interval still reaches from minus the
 * one upper bound to the other. It takes failures for independent; they come in bursts too, so the interval reaches at
 * least as far as Student's t over the blocks' own differences. `firstStage`: how many of the blocks fixed the number of all.
 */
export function estimateRateDifference(
  baseline: readonly Counts[],
  candidate: readonly Counts[],
  firstStage = candidate.length,
): BlockEstimate {
  const [before, after] = [pooledCounts(baseline), pooledCounts(candidate)];
  const estimate = rateOf(after) - rateOf(before);
  const differences = candidate.map((counts, block) => rateOf(counts) - rateOf(baseline[block] ?? counts));
  const overBlocks = studentEstimate(estimate, sampleSd(differences), differences.length, {
    degreesOfFreedom: degreesOfFreedomOf(differences.length, firstStage),
  });
  const intervalAt = (level: number): Interval =>
    widest(squareAndAdd(before, after, level), overBlocks.intervalAt(level));
  return {
    estimate,
    sd: Math.max(overBlocks.sd, binomialSd(before, after, differences.length)),
    blocks: differences.length,
    leastHalfWidth: 0,
    intervalAt,
  };
}

/** The candidate's own rate: exact bounds, or t over its blocks where that reaches further. */
export function rateInterval(blocks: readonly Counts[], level: number, firstStage = blocks.length): Interval {
  const all = pooledCounts(blocks);
  const rates = blocks.map(rateOf);
  const exact = clopperPearson(all.failures, all.requests, level);
  const degreesOfFreedom = degreesOfFreedomOf(rates.length, firstStage);
  const overBlocks = studentEstimate(mean(rates), sampleSd(rates), rates.length, { degreesOfFreedom });
  const { low, high } = widest(exact, overBlocks.intervalAt(level));
  return { low: Math.max(0, low), high: Math.min(1, high) };
}

export function pooledCounts(blocks: readonly Counts[]): Counts {
  return {
    failures: blocks.reduce((sum, { failures }) => sum + failures, 0),
    requests: blocks.reduce((sum, { requests }) => sum + requests, 0),
  };
}

export function rateOf({ failures, requests }: Counts): number {
  return failures / requests;
}

function squareAndAdd(before: Counts, after: Counts, level: number): Interval {
  const [p1, p2] = [rateOf(before), rateOf(after)];
  const bounds1 = clopperPearson(before.failures, before.requests, level);
  const bounds2 = clopperPearson(after.failures, after.requests, level);
  return {
    low: p2 - p1 - Math.hypot(p2 - bounds2.low, bounds1.high - p1),
    high: p2 - p1 + Math.hypot(bounds2.high - p2, p1 - bounds1.low),
  };
}

/** Per block, as if the rates were those of one failure more on each side: never zero. */
function binomialSd(before: Counts, after: Counts, blocks: number): number {
  const variance = ({ failures, requests }: Counts): number => {
    const share = Math.min(0.5, (failures + 1) / (requests + 2));
    return (share * (1 - share) * blocks) / requests;
  };
  return Math.sqrt(variance(before) + variance(after));
}

function widest(one: Interval, other: Interval): Interval {
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
}
