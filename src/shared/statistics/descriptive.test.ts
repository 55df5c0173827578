import { describe, expect, test } from 'vitest';
import { coefficientOfVariation } from './coefficientOfVariation';
import { leastSquaresSlope } from './leastSquaresSlope';
import { mean } from './mean';
import { sampleSd } from './sampleSd';

describe('descriptive statistics', () => {
  test('the sample standard deviation divides by n − 1', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(sampleSd([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
  });

  test('values far from zero keep their spread', () => {
    expect(sampleSd([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(1);
  });

  test('the coefficient of variation is the spread as a share of the mean, or null', () => {
    expect(coefficientOfVariation([90, 110])).toBeCloseTo(Math.sqrt(200) / 100, 12);
    expect(coefficientOfVariation([0, 0, 0])).toBeNull();
    expect(coefficientOfVariation([5])).toBeNull();
  });

  test('the slope is that of the least-squares line, or null where x does not vary', () => {
    const points = [1, 2, 3, 4, 5].map((x, index) => ({ x, y: [2, 4, 5, 4, 5][index] ?? 0 }));
    expect(leastSquaresSlope(points)).toBeCloseTo(0.6, 12);
    expect(
      leastSquaresSlope([
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ]),
    ).toBeNull();
    expect(leastSquaresSlope([])).toBeNull();
  });
});
