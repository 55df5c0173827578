import { describe, expect, test } from 'vitest';
import { arrivalSchedule } from './arrivalSchedule';

const gapsOf = (schedule: Float64Array): number[] =>
  Array.from(schedule.slice(1), (dueMs, index) => dueMs - (schedule[index] ?? 0));

describe('arrival schedule', () => {
  test('even arrivals are 1 / rate apart and fill the length', () => {
    const schedule = arrivalSchedule({ ratePerSecond: 40, arrivals: 'even', lengthSeconds: 2, seed: 1, block: 0 });
    expect(schedule).toHaveLength(80);
    expect(schedule[0]).toBe(0);
    for (const gapMs of gapsOf(schedule)) expect(gapMs).toBeCloseTo(25, 6);
  });

  test('Poisson gaps have the mean 1 / rate and the variance 1 / rate² (4 sd of each)', () => {
    const gaps = gapsOf(
      arrivalSchedule({ ratePerSecond: 100, arrivals: 'poisson', lengthSeconds: 400, seed: 3, block: 1 }),
    );
    const mean = gaps.reduce((sum, gapMs) => sum + gapMs, 0) / gaps.length;
    const variance = gaps.reduce((sum, gapMs) => sum + (gapMs - mean) ** 2, 0) / (gaps.length - 1);
    expect(Math.abs(mean / 10 - 1)).toBeLessThan(4 / Math.sqrt(gaps.length));
    // The kurtosis of an exponential is 9, so its sample variance has the relative sd √(8 / n).
    expect(Math.abs(variance / 100 - 1)).toBeLessThan(4 * Math.sqrt(8 / gaps.length));
  });

  test('the schedule is the same for each variant of a block, and another one in the next', () => {
    const schedule = (block: number): Float64Array =>
      arrivalSchedule({ ratePerSecond: 10, arrivals: 'poisson', lengthSeconds: 10, seed: 3, block });
    expect(schedule(0)).toEqual(schedule(0));
    expect(schedule(0)).not.toEqual(schedule(1));
  });
});
