import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration } from './duration';

describe('durations', () => {
  test.each([
    ['90s', 90],
    ['2m', 120],
    ['1m30s', 90],
    ['45', 45],
    ['0.5', 0.5],
    ['1.5h', 5400],
    ['250ms', 0.25],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseDuration(text, '--trial')).toBe(seconds);
  });

  test.each(['', 'soon', '2 minutes', '-3s', '1m30', 'm'])(
    '%j is refused with the option and the allowed forms',
    (text) => {
      expect(() => parseDuration(text, '--trial')).toThrow(/--trial is no duration/);
    },
  );

  test('are written with at most two units', () => {
    expect([0, 59, 60, 125, 3600, 3790].map(formatDuration)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '2 min 5 s',
      '1 h',
      '1 h 3 min',
    ]);
  });
});
