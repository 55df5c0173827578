import { describe, expect, test } from 'vitest';
import { relativeTime } from './relativeTime';

const now = new Date(2026, 10, 22, 20, 0, 0).getTime();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('how long ago', () => {
  test.each([
    [-5 * minute, 'just now'],
    [0, 'just now'],
    [minute - 1, 'just now'],
    [minute, '1 min ago'],
    [hour - 1, '59 min ago'],
    [hour, '1 h ago'],
    [day - 1, '23 h ago'],
    [day, 'yesterday'],
    [2 * day, '2 days ago'],
    [7 * day - 1, '6 days ago'],
    [7 * day, '2026-11-15'],
  ])('%i ms is %s', (age, expected) => {
    expect(relativeTime(now - age, now)).toBe(expected);
  });
});
