import { expect, test } from 'vitest';
import { durationWords } from './durationWords';
import { loadWords } from './loadWords';

test.each([
  [0, '5 s'],
  [43, '45 s'],
  [88, '90 s'],
  [90, '1½ min'],
  [118, '2 min'],
  [150, '2½ min'],
  [165, '3 min'],
  [584, '9½ min'],
  [590, '10 min'],
  [1500, '25 min'],
  [5369, '89 min'],
  [5400, '1½ h'],
  [7200, '2 h'],
])('%d s are %s', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});

test('a load is told by what sets it', () => {
  const users = (count: number): string =>
    loadWords({ load: { type: 'users', users: count, spawnRatePerSecond: 1 }, isRateAdaptive: false });
  expect([users(1), users(50)]).toEqual(['1 user', '50 users']);
  const load = { type: 'rate', ratePerSecond: 40, arrivals: 'even' } as const;
  expect(loadWords({ load, isRateAdaptive: true })).toBe('up to 40 requests/s');
  expect(loadWords({ load, isRateAdaptive: false })).toBe('40 requests/s');
});
