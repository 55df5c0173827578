import { describe, expect, test } from 'vitest';
import { normalDeviate } from '../../../test/fixtures/syntheticTrials';
import { randomStream, type RandomStream } from '../random';
import { jackknifeEstimate, pseudoValues } from './jackknife';
import { mean } from './mean';
import { sampleSd } from './sampleSd';

const requestsPerBlock = 100;

interface Sample {
  readonly value: number;
  readonly block: number;
}

/** The quantile of a sorted pool without one block; −1 leaves none out. */
function quantile(sorted: readonly Sample[], share: number, left: number): number {
  const size = left < 0 ? sorted.length : sorted.length - requestsPerBlock;
  let rank = Math.max(1, Math.ceil(share * size));
  for (const { value, block } of sorted) {
    if (block !== left) rank -= 1;
    if (rank === 0) return value;
  }
  return NaN;
}

/** The log of a latency: skewed, and shifted as a whole by its trial's luck. */
function logLatency(shift: number, random: RandomStream): number {
  return shift + 0.35 * Math.exp(0.4 * normalDeviate(random)) + 0.2 * normalDeviate(random);
}

/** A sorted pool of blocks of 100 requests, each block with the luck of its process. */
function samplePool(blocks: number, effect: number, random: RandomStream): readonly Sample[] {
  return Array.from({ length: blocks }, (_, block) => {
    const shift = effect + 0.04 * normalDeviate(random);
    return Array.from({ length: requestsPerBlock }, () => ({ value: logLatency(shift, random), block }));
  })
    .flat()
    .sort((one, other) => one.value - other.value);
}

describe('the jackknife over blocks', () => {
  test('of a mean is the t interval of the mean', () => {
    const values = [3, 5, 4, 8, 6];
    const without = values.map((_, left) => mean(values.filter((__, index) => index !== left)));
    const estimate = jackknifeEstimate(mean(values), without, 0);
    expect(estimate.sd).toBeCloseTo(sampleSd(values), 12);
  });

  test('does not take tied estimates for certainty', () => {
    const { low, high } = jackknifeEstimate(0.01, [0.01, 0.01, 0.01, 0.01, 0.01, 0.01], 0.003).intervalAt(0.95);
    expect(high - low).toBeCloseTo(2 * 1.0494 * 0.003, 5);
  });

  test.each([
    { share: 0.5, blocks: 6 },
    { share: 0.95, blocks: 6 },
    { share: 0.5, blocks: 15 },
    { share: 0.95, blocks: 15 },
  ])('of a log ratio of the $share quantile covers the truth in 93 % or more ($blocks blocks)', ({ share, blocks }) => {
    const simulations = blocks === 6 ? 500 : 200;
    const truth = 0.08;
    let covered = 0;
    for (let seed = 0; seed < simulations; seed += 1) {
      const random = randomStream(seed, 'jackknife', blocks, share);
      const [before, after] = [samplePool(blocks, 0, random), samplePool(blocks, truth, random)];
      const difference = (left: number): number => quantile(after, share, left) - quantile(before, share, left);
      const without = Array.from({ length: blocks }, (_, block) => difference(block));
      const { low, high } = jackknifeEstimate(difference(-1), without, 0.001).intervalAt(0.95);
      if (low <= truth && truth <= high) covered += 1;
    }
    expect(covered / simulations).toBeGreaterThanOrEqual(0.93);
  });
});

test('pseudo-values have the mean of the whole pool and the spread that its interval is made of', () => {
  const without = [0.31, 0.28, 0.33, 0.3];
  const values = pseudoValues(0.302, without);
  expect(mean(values)).toBeCloseTo(0.302, 12);
  expect(sampleSd(values)).toBeCloseTo(3 * sampleSd(without), 12);
  // Without the block that is slowest the pool is fastest: its own value is the highest.
  expect(values.indexOf(Math.max(...values))).toBe(1);
});
