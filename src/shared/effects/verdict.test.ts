import { describe, expect, test } from 'vitest';
import type { Estimate } from '../record';
import { judge, ratioMargins } from './verdict';

function estimate(low: number, high: number, narrow: { low: number; high: number } = { low, high }): Estimate {
  return {
    estimate: (low + high) / 2,
    low,
    high,
    level: 0.9875,
    interval95: narrow,
    equivalence: { ...narrow, level: 0.9 },
  };
}

const margins = { low: -2, high: 2 };

describe('the verdict table', () => {
  test.each([
    ['an interval above zero is an increase', estimate(1, 5), margins, 'increase', false],
    ['an interval below zero is a decrease', estimate(-5, -1), margins, 'decrease', false],
    ['real but smaller than what matters keeps its direction', estimate(0.5, 1.5), margins, 'increase', true],
    ['… and below zero too', estimate(-1.5, -0.5), margins, 'decrease', true],
    ['around zero and inside the margins is equivalent', estimate(-1, 1.9), margins, 'equivalent', false],
    [
      'equivalence is read off the 90 % interval alone',
      estimate(-3, 3, { low: -1.5, high: 1.5 }),
      margins,
      'equivalent',
      false,
    ],
    ['around zero and beyond a margin is inconclusive', estimate(-1, 2.1), margins, 'inconclusive', false],
    ['touching zero is no claim', estimate(0, 3), margins, 'inconclusive', false],
    ['without margins nothing is equivalent', estimate(-0.001, 0.001), null, 'inconclusive', false],
  ] as const)('%s', (_, interval, limits, verdict, isSmallerThanMatters) => {
    expect(judge(interval, 0, limits)).toEqual({ verdict, isSmallerThanMatters });
  });

  test('ratios are judged around 1, with margins that are even in both directions', () => {
    const { low, high } = ratioMargins(0.02);
    expect(low * high).toBeCloseTo(1, 12);
    expect(judge(estimate(1.04, 1.08), 1, { low, high }).verdict).toBe('increase');
    expect(judge(estimate(0.985, 1.015), 1, { low, high }).verdict).toBe('equivalent');
  });
});
