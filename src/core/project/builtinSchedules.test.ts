import { expect, test } from 'vitest';
import { builtinSchedules } from './builtinSchedules';

test('the built-in scenarios have the lengths that are documented', () => {
  const schedules = builtinSchedules({ hasCapacity: true });
  expect(schedules.map(({ name, blocks, trialSeconds }) => [name, blocks, trialSeconds])).toEqual([
    ['quick', 3, 10],
    ['light_load', 6, 20],
    ['medium_load', 15, 20],
    ['heavy_load', 15, 20],
    ['burst_load', 9, 20],
  ]);
  // Two variants × three blocks × (3 + 10 s, 2 + 5 s, and twice what a start and a stop take).
  expect(schedules[0]?.seconds).toBe(2 * 3 * (13 + 7 + 8));
  expect(builtinSchedules({ hasCapacity: false })[0]?.seconds).toBe(2 * 3 * (13 + 4));
});
