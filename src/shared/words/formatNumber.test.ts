import { describe, expect, test } from 'vitest';
import {
  formatChange,
  formatChangeBound,
  formatCount,
  formatDifference,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatSize,
  formatSpan,
} from './formatNumber';

describe('numbers as people read them', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [-0.0000000001, '0'],
    [0.31, '0.31'],
    [5, '5'],
    [9.999, '10'],
    [41.23, '41.2'],
    [720.4, '720'],
    [999.6, '1,000'],
    [1234, '1,230'],
    [112_320, '112,000'],
    [-4.5, '−4.5'],
    [-1_234_567, '−1,230,000'],
    [0.000_42, '0.00042'],
  ])('%f has three significant digits: %s', (value, expected) => {
    expect(formatNumber(value)).toBe(expected);
  });

  test('counts are written in full', () => {
    expect(formatCount(112_320)).toBe('112,320');
    expect(formatCount(1204)).toBe('1,204');
    expect(formatCount(-0.2)).toBe('0');
  });

  test.each([
    [41.23, 'ms', '41.2 ms'],
    [720, '1/s', '720 req/s'],
    [0.001, 'share', '0.1 %'],
    [84.06, 'MB', '84.1 MB'],
    [9, 'count', '9'],
    [1.3, 'count/request', '1.3 per request'],
    [370.5, 'bytes/request', '371 bytes per request'],
    [0.5, 'MB/1000 requests', '0.5 MB per 1,000 requests'],
  ] as const)('%f in %s is %s', (value, unit, expected) => {
    expect(formatQuantity(value, unit)).toBe(expected);
  });

  test.each([
    [0.3127, 'ms', '+0.313 ms'],
    [-92.6, '1/s', '−92.6 req/s'],
    [0.002, 'share', '+0.2 points'],
    [-0, 'MB', '0 MB'],
    [-0.0000001, 'ms', '0 ms'],
  ] as const)('a difference of %f in %s is %s', (value, unit, expected) => {
    expect(formatDifference(value, unit)).toBe(expected);
  });

  test.each([
    [1.062, '+6.2 %'],
    [0.846, '−15.4 %'],
    [1, '0.0 %'],
    [0.9999, '−0.01 %'],
    [1.03, '+3.0 %'],
    [2.37, '+137 %'],
    [13.5, '+1,250 %'],
  ])('a ratio of %f is a change of %s', (ratio, expected) => {
    expect(formatChange(ratio)).toBe(expected);
  });

  test('bounds have no percent sign, sizes no sign, levels no needless zeros', () => {
    expect(formatChangeBound(0.979)).toBe('−2.1');
    expect(formatSize(-0.5, 'ms')).toBe('0.5 ms');
    expect(formatSize(0.001, 'share')).toBe('0.1 points');
    expect(formatPercent(0.9875)).toBe('98.75 %');
    expect(formatPercent(0.95)).toBe('95 %');
    expect(formatPercent(1 - 0.05 / 12)).toBe('99.58 %');
  });

  test.each([
    [40, '40 s'],
    [420, '7 min'],
    [9000, '2.5 h'],
  ])('%i seconds are %s', (seconds, expected) => {
    expect(formatSpan(seconds)).toBe(expected);
  });
});
