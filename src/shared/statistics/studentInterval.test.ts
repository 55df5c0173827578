import { describe, expect, test } from 'vitest';
import { studentInterval } from './studentInterval';

/** The increase of sleep by the second drug, patient by patient (Student 1908; R's `sleep`, second minus first group). */
const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];

describe('the t interval of a mean', () => {
  test("gives the published interval of Student's own data", () => {
    const interval = studentInterval(sleep, 0.95, 0);
    expect(interval?.estimate).toBeCloseTo(1.58, 10);
    expect(interval?.low).toBeCloseTo(0.7001, 4);
    expect(interval?.high).toBeCloseTo(2.4599, 4);
  });

  test('takes no standard deviation to be smaller than the resolution: 149 against 150 in every block is not certain', () => {
    const interval = studentInterval([-1, -1, -1, -1, -1, -1], 0.95, 1);
    expect(interval?.low).toBeCloseTo(-2.0494, 4);
    expect(interval?.high).toBeCloseTo(0.0494, 4);
  });

  test('no number of blocks turns one step of the scale, the same in each, into certainty', () => {
    const blocks = (value: number): number[] => Array.from({ length: 60 }, () => value);
    expect(studentInterval(blocks(-1), 0.95, 1)?.high).toBe(0);
    expect(studentInterval(blocks(-3), 0.95, 1)).toMatchObject({ low: -4, high: -2 });
  });

  test('readings that spread over several steps are averaged as ever', () => {
    const spread = Array.from({ length: 60 }, (_, block) => -0.5 + 2 * (block % 3));
    expect(studentInterval(spread, 0.95, 1)?.high).toBeCloseTo(studentInterval(spread, 0.95, 0)?.high ?? NaN, 12);
  });

  test('is null for a single value', () => {
    expect(studentInterval([3], 0.95, 0)).toBeNull();
  });
});
