import cdf from '@stdlib/stats-base-dists-t-cdf';
import { describe, expect, test } from 'vitest';
import { incompleteBeta, logGamma } from './incompleteBeta';

describe('the regularised incomplete beta function', () => {
  test('is that of its closed forms', () => {
    for (const x of [0.001, 0.2, 0.5, 0.93]) {
      expect(incompleteBeta(x, 1, 7)).toBeCloseTo(1 - (1 - x) ** 7, 12);
      expect(incompleteBeta(x, 7, 1)).toBeCloseTo(x ** 7, 12);
      expect(incompleteBeta(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 12);
    }
  });

  test("agrees with the library's t distribution, which is one of its values", () => {
    for (const degrees of [1, 3, 14, 200]) {
      for (const t of [0.1, 1, 2.5, 7]) {
        const tails = incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
        expect(tails).toBeCloseTo(2 * cdf(-t, degrees), 11);
      }
    }
  });

  test('reaches 0 and 1 at the ends, for large parameters too', () => {
    expect(incompleteBeta(0, 3, 4)).toBe(0);
    expect(incompleteBeta(1, 3, 4)).toBe(1);
    expect(incompleteBeta(0.5, 50_000, 50_000)).toBeCloseTo(0.5, 9);
  });

  test('ln Γ is that of factorials and of one half', () => {
    expect(logGamma(1)).toBeCloseTo(0, 12);
    expect(logGamma(6)).toBeCloseTo(Math.log(120), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(logGamma(171)).toBeCloseTo(706.5730622457874, 9);
  });
});
