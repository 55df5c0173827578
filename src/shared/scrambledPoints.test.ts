import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrambledPoints } from './scrambledPoints';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test('every aligned run of 2^k points has one in each of the 2^k intervals', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 5000 }), (seed, k, run) => {
      const length = 2 ** k;
      const point = scrambledPoints(seed, 'test');
      const cells = Array.from({ length }, (_, index) => Math.floor(point(run * length + index) * length));
      expect(new Set(cells).size).toBe(length);
    }),
  );
});

test('each point is uniform over the seeds: every tenth is met as often as the rest (within 5 sd)', () => {
  const count = 20_000;
  for (const index of [0, 1, 6, 12_345]) {
    const tenths = new Array<number>(10).fill(0);
    for (let seed = 0; seed < count; seed += 1) {
      const tenth = Math.floor(scrambledPoints(seed, 'test')(index) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    for (const seen of tenths) expect(Math.abs(seen - count / 10)).toBeLessThan(5 * Math.sqrt(count * 0.1 * 0.9));
  }
});

test('a rare value is met about as often as it should in any run: where independent draws have an sd of 1.7, this has less than 0.85', () => {
  // What a trial of 15 s at 25 requests per second draws for one error in eleven of its 37 error requests.
  const counts = Array.from({ length: 2000 }, (_, seed) => {
    const point = scrambledPoints(seed, 'rare');
    return Array.from({ length: 37 }, (_, index) => point(seed + index)).filter((value) => value < 1 / 11).length;
  });
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
  expect(Math.abs(mean - 37 / 11)).toBeLessThan(0.06);
  expect(Math.sqrt(variance)).toBeLessThan(0.85);
});

test('neighbours, and sequences of different purposes, have nothing to do with each other (correlation within 5 sd of 0)', () => {
  const count = 5000;
  const pairs = Array.from({ length: count }, (_, seed): [number, number, number] => {
    const point = scrambledPoints(seed, 'one');
    return [point(4), point(7), scrambledPoints(seed, 'two')(4)];
  });
  const correlation = (of: (pair: [number, number, number]) => [number, number]): number =>
    (12 / count) * pairs.reduce((sum, pair) => sum + (of(pair)[0] - 0.5) * (of(pair)[1] - 0.5), 0);
  // Points of one run of four exclude each other's quarter: a correlation of -1/3 at most is the very point.
  expect(correlation(([first, second]) => [first, second])).toBeLessThan(5 / Math.sqrt(count));
  expect(Math.abs(correlation(([first, , third]) => [first, third]))).toBeLessThan(5 / Math.sqrt(count));
});

test('the same seed and purpose give the same points', () => {
  expect([0, 1, 2].map(scrambledPoints(7, 'a', 1))).toEqual([0, 1, 2].map(scrambledPoints(7, 'a', 1)));
  expect([0, 1, 2].map(scrambledPoints(7, 'a', 1))).not.toEqual([0, 1, 2].map(scrambledPoints(7, 'a', 2)));
});
