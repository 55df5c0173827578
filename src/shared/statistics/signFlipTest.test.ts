import cdf from '@stdlib/stats-base-dists-t-cdf';
import { describe, expect, test } from 'vitest';
import { normalDeviate } from '../../../test/fixtures/syntheticTrials';
import { randomStream } from '../random';
import { signFlipTest } from './signFlipTest';
import { studentInterval } from './studentInterval';

describe('the sign-flip test', () => {
  test('tries every pattern: six blocks that all agree have p = 2/64', () => {
    expect(signFlipTest([1, 2, 3, 4, 5, 6], 1)).toBe(2 / 64);
    expect(signFlipTest([-1, -2, -3, -4, -5, -6], 1)).toBe(2 / 64);
  });

  test("finds p = 0.0526 in Darwin's maize, as Fisher did", () => {
    const eighthsOfAnInch = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
    expect(signFlipTest(eighthsOfAnInch, 1)).toBeCloseTo(1726 / 32_768, 10);
  });

  test('counts ties as ties whatever the order of adding', () => {
    expect(signFlipTest([0.1, 0.2, 0.3, -0.6], 1)).toBe(1);
  });

  test('samples patterns above 16 blocks, the same ones for the same seed', () => {
    const values = Array.from({ length: 20 }, (_, index) => Math.sin(index) + 0.3);
    const sampled = signFlipTest(values, 7);
    expect(signFlipTest(values, 7)).toBe(sampled);
    expect(sampled).toBeGreaterThan(0.02);
    expect(sampled).toBeLessThan(0.2);
    expect(
      signFlipTest(
        Array.from({ length: 20 }, () => 1),
        7,
      ),
    ).toBeLessThan(0.001);
  });

  test('draws a sign for every value, however many: the sample agrees with the normal limit', () => {
    for (const blocks of [17, 24, 33, 60]) {
      const values = Array.from({ length: blocks }, (_, index) => Math.sin(7 * index) + 0.35);
      const seen = values.reduce((sum, value) => sum + value, 0);
      const z = seen / Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
      const normalTails = 2 * (1 - cdf(z, 1e6));
      expect(Math.abs(signFlipTest(values, 3) - normalTails), `${blocks} values`).toBeLessThan(0.012);
    }
    const loneOutlier = Array.from({ length: 40 }, (_, index) => (index === 39 ? 1 : 0));
    expect(signFlipTest(loneOutlier, 3)).toBe(1);
  });

  test('agrees with t on clear cases of both kinds', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const random = randomStream(seed, 'clear');
      const noise = Array.from({ length: 10 }, () => normalDeviate(random));
      const shifted = noise.map((value) => value + 3);
      expect(studentInterval(shifted, 0.95, 0)?.low).toBeGreaterThan(0);
      expect(signFlipTest(shifted, seed)).toBeLessThan(0.05);
      const centred = noise.map((value, index) => (index < 5 ? value : -(noise[index - 5] ?? 0)));
      expect(studentInterval(centred, 0.95, 0)?.low).toBeLessThan(0);
      expect(signFlipTest(centred, seed)).toBeGreaterThan(0.05);
    }
  });
});
