import { describe, expect, test } from 'vitest';
import { clopperPearson } from './clopperPearson';

describe('exact bounds of a rate', () => {
  test.each([
    // Newcombe 1998, Stat. Med. 17:857–872, table I, method 5.
    [81, 263, 0.2527, 0.3676],
    [15, 148, 0.0578, 0.1617],
    [0, 20, 0, 0.1684],
    [1, 29, 0.0009, 0.1776],
    [5, 10, 0.1871, 0.8129],
    [10, 10, 0.6915, 1],
  ])('%i of %i are those published', (successes, trials, low, high) => {
    const bounds = clopperPearson(successes, trials, 0.95);
    expect(bounds.low).toBeCloseTo(low, 4);
    expect(bounds.high).toBeCloseTo(high, 4);
  });

  test('without a failure the upper bound is 1 − (α/2)^(1/n)', () => {
    expect(clopperPearson(0, 9000, 0.95).high).toBeCloseTo(1 - 0.025 ** (1 / 9000), 12);
  });

  test('nothing is known without trials', () => {
    expect(clopperPearson(0, 0, 0.95)).toEqual({ low: 0, high: 1 });
  });
});
