import quantile from '@stdlib/stats-base-dists-t-quantile';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An estimate whose replicates are blocks, from which an interval at any level can be read. */
export interface BlockEstimate {
  readonly estimate: number;
  /** Standard deviation of one block's value, floored at what can be read: it says how many blocks would settle it. */
  readonly sd: number;
  readonly blocks: number;
  /** No interval is narrower than this on either side, however many blocks there are; 0 where nothing bounds it. */
  readonly leastHalfWidth: number;
  /** The two-sided interval at `level` (0.95 = 95 %). */
  intervalAt(level: number): Interval;
}

export interface StudentOptions {
  /** Default blocks − 1. */
  readonly degreesOfFreedom?: number;
  /** Default 0. */
  readonly leastHalfWidth?: number;
}

/** `estimate ± t·sd/√blocks` with Student's t on blocks − 1 degrees of freedom (Student 1908), or on those given. */
export function studentEstimate(
  estimate: number,
  sd: number,
  blocks: number,
  { degreesOfFreedom = blocks - 1, leastHalfWidth = 0 }: StudentOptions = {},
): BlockEstimate {
  return {
    estimate,
    sd,
    blocks,
    leastHalfWidth,
    intervalAt: (level) => {
      const byChance = (studentQuantile((1 + level) / 2, degreesOfFreedom) * sd) / Math.sqrt(blocks);
      const halfWidth = Math.max(byChance, leastHalfWidth);
      return { low: estimate - halfWidth, high: estimate + halfWidth };
    },
  };
}

const knownQuantiles = new Map<string, number>();

/** Quantile of Student's t distribution. Remembered: it takes tens of µs, and a record asks for the same few thousands of times. */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  const key = `${probability}/${degreesOfFreedom}`;
  const known = knownQuantiles.get(key) ?? quantile(probability, degreesOfFreedom);
  knownQuantiles.set(key, known);
  return known;
}
