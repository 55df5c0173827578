import { describe, expect, test } from 'vitest';
import { syntheticCapacityTrial, syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import type { CapacityTrial, Trial } from '../record';
import { countedTrials, findDisturbances } from './blockAttempts';

const [anyTrial, anyLoop] = [syntheticTrial({ latency: {} }), syntheticCapacityTrial({ latency: {} })];
const scenario = (variant: string, block: number, position: number, disturbed = false): Trial => ({
  ...anyTrial,
  variant,
  block,
  position,
  disturbed,
});
const capacity = (variant: string, block: number, position: number, disturbed = false): CapacityTrial => ({
  ...anyLoop,
  variant,
  block,
  position,
  disturbed,
});

/** Block 0 disturbed by a capacity trial and repeated, block 1 calm, block 2 disturbed and left. */
const record = {
  trials: [
    ...[scenario('a', 0, 0), scenario('b', 0, 1), scenario('b', 0, 5), scenario('a', 0, 4)],
    ...[scenario('a', 1, 8), scenario('b', 1, 9), scenario('a', 2, 12), scenario('b', 2, 13, true)],
  ],
  capacity: [
    ...[capacity('a', 0, 2, true), capacity('b', 0, 3), capacity('a', 0, 6), capacity('b', 0, 7)],
    ...[capacity('a', 1, 10), capacity('b', 1, 11), capacity('a', 2, 14), capacity('b', 2, 15)],
  ],
};

describe('the attempts at blocks', () => {
  test('tell which were repeated and which stayed disturbed', () => {
    expect(findDisturbances(record)).toEqual({ blocks: 3, repeated: new Set([0]), disturbed: new Set([2]) });
  });

  test('of which one counts, in tables as in effects', () => {
    const { trials, capacity: loops } = countedTrials(record);
    expect(trials.map(({ position }) => position)).toEqual([4, 5, 8, 9, 12, 13]);
    expect(loops.map(({ position }) => position)).toEqual([6, 7, 10, 11, 14, 15]);
  });

  test('a repetition that was cut short does not count, nor is it undisturbed by being short', () => {
    const cut = { trials: [scenario('a', 0, 0, true), scenario('b', 0, 1), scenario('a', 0, 2)], capacity: [] };
    expect(countedTrials(cut).trials.map(({ position }) => position)).toEqual([0, 1]);
    expect(findDisturbances(cut).repeated).toEqual(new Set([0]));
  });

  test('of a record without a mark on capacity trials are those of its scenario', () => {
    const { disturbed: _disturbed, ...old } = anyLoop;
    expect(findDisturbances({ trials: [scenario('a', 0, 0)], capacity: [old] })).toEqual({
      blocks: 1,
      repeated: new Set(),
      disturbed: new Set(),
    });
  });
});
