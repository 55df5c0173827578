import { describe, expect, test } from 'vitest';
import { studentEstimate, studentQuantile } from './blockEstimate';

describe("Student's t", () => {
  test.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 5, 2.571],
    [0.975, 14, 2.145],
    [0.95, 5, 2.015],
    [0.995, 5, 4.032],
    [0.975, 120, 1.98],
  ])(
    'the quantile of %f with %i degrees of freedom is that of the printed tables',
    (probability, degrees, expected) => {
      expect(studentQuantile(probability, degrees)).toBeCloseTo(expected, 3);
    },
  );

  test('half-widths of 4, 6 and 15 blocks are 1.59, 1.05 and 0.55 standard deviations', () => {
    const halfWidth = (blocks: number): number => studentEstimate(0, 1, blocks).intervalAt(0.95).high;
    expect(halfWidth(4)).toBeCloseTo(1.59, 2);
    expect(halfWidth(6)).toBeCloseTo(1.05, 2);
    expect(halfWidth(15)).toBeCloseTo(0.55, 2);
  });
});
