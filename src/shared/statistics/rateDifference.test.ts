import { describe, expect, test } from 'vitest';
import { randomStream, type RandomStream } from '../random';
import { clopperPearson } from './clopperPearson';
import { estimateRateDifference, rateInterval, type Counts } from './rateDifference';

const spread = (failures: readonly number[], requests = 400): Counts[] =>
  failures.map((count) => ({ failures: count, requests }));

function draw(blocks: number, requests: number, share: number, random: RandomStream): Counts[] {
  return Array.from({ length: blocks }, () => {
    let failures = 0;
    for (let request = 0; request < requests; request += 1) if (random.next() < share) failures += 1;
    return { failures, requests };
  });
}

describe('the difference of two rates', () => {
  test('without a failure on either side reaches from one upper bound to the other', () => {
    const { low, high } = estimateRateDifference(spread([0, 0, 0]), spread([0, 0, 0])).intervalAt(0.95);
    const upper = clopperPearson(0, 1200, 0.95).high;
    expect(high).toBeCloseTo(upper, 12);
    expect(low).toBeCloseTo(-upper, 12);
  });

  test('changes its sign exactly when the variants are swapped', () => {
    const [a, b] = [spread([1, 0, 4, 2]), spread([7, 9, 3, 8])];
    const there = estimateRateDifference(a, b);
    const back = estimateRateDifference(b, a);
    expect(back.estimate).toBe(-there.estimate);
    expect(back.intervalAt(0.95).low).toBeCloseTo(-there.intervalAt(0.95).high, 15);
  });

  test('a clear difference in every block is seen', () => {
    expect(
      estimateRateDifference(spread([0, 1, 0, 0, 0, 1]), spread([20, 18, 22, 25, 19, 21])).intervalAt(0.95).low,
    ).toBeGreaterThan(0.03);
  });

  test('all failures in a burst of one block are no evidence', () => {
    expect(
      estimateRateDifference(spread([0, 0, 0, 0, 0, 0]), spread([0, 0, 60, 0, 0, 0])).intervalAt(0.95).low,
    ).toBeLessThan(0);
  });

  test.each([
    { before: 0.002, after: 0.002 },
    { before: 0.001, after: 0.02 },
  ])('covers the truth in 95 % or more ($before against $after)', ({ before, after }) => {
    let covered = 0;
    for (let seed = 0; seed < 300; seed += 1) {
      const random = randomStream(seed, 'rates', before, after);
      const { low, high } = estimateRateDifference(
        draw(6, 200, before, random),
        draw(6, 200, after, random),
      ).intervalAt(0.95);
      if (low <= after - before && after - before <= high) covered += 1;
    }
    expect(covered / 300).toBeGreaterThanOrEqual(0.95);
  });

  test("the candidate's own interval stays between 0 and 1, and is exact where blocks agree", () => {
    expect(rateInterval(spread([4, 4, 4]), 0.95)).toEqual(clopperPearson(12, 1200, 0.95));
    expect(rateInterval(spread([0, 0, 60]), 0.95).low).toBe(0);
  });
});
