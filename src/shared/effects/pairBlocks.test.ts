import { describe, expect, test } from 'vitest';
import { syntheticCapacityTrial, syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import type { CapacityTrial, Trial } from '../record';
import { pairBlocks } from './pairBlocks';

const latency = {};
const scenario = (variant: string, block: number, position: number, disturbed = false): Trial => ({
  ...syntheticTrial({ latency }),
  variant,
  block,
  position,
  disturbed,
});
const capacity = (variant: string, block: number, position: number): CapacityTrial => ({
  ...syntheticCapacityTrial({ latency }),
  variant,
  block,
  position,
});

function positions(trials: readonly Trial[], loops: readonly CapacityTrial[] = []): unknown {
  const pairs = pairBlocks(trials, loops, 'a', 'b');
  const flat = (
    list: readonly { block: number; baseline: { position: number }; candidate: { position: number } }[],
  ): number[][] => list.map(({ block, baseline, candidate }) => [block, baseline.position, candidate.position]);
  return { scenario: flat(pairs.scenario), capacity: flat(pairs.capacity) };
}

describe('pairing blocks', () => {
  test('joins the two variants of each block, whatever their order', () => {
    expect(positions([scenario('b', 0, 0), scenario('a', 0, 1), scenario('a', 1, 2), scenario('b', 1, 3)])).toEqual({
      scenario: [
        [0, 1, 0],
        [1, 2, 3],
      ],
      capacity: [],
    });
  });

  test('leaves out the unfinished block of a partial run', () => {
    expect(positions([scenario('a', 0, 0), scenario('b', 0, 1), scenario('b', 1, 2)])).toEqual({
      scenario: [[0, 0, 1]],
      capacity: [],
    });
  });

  test('takes the repetition of a disturbed block, of its capacity trials too', () => {
    const trials = [scenario('a', 0, 0, true), scenario('b', 0, 1), scenario('b', 0, 4), scenario('a', 0, 5)];
    const loops = [capacity('a', 0, 2), capacity('b', 0, 3), capacity('a', 0, 6), capacity('b', 0, 7)];
    expect(positions(trials, loops)).toEqual({ scenario: [[0, 5, 4]], capacity: [[0, 6, 7]] });
  });

  test('counts the first undisturbed attempt, whatever came after it', () => {
    const twice = [scenario('a', 0, 0), scenario('b', 0, 1), scenario('a', 0, 2), scenario('b', 0, 3)];
    expect(positions(twice)).toEqual({ scenario: [[0, 0, 1]], capacity: [] });
  });

  test('never pairs trials of two attempts', () => {
    const trials = [scenario('a', 0, 0, true), scenario('a', 0, 1), scenario('b', 0, 2)];
    expect(positions(trials)).toEqual({ scenario: [[0, 1, 2]], capacity: [] });
  });

  test('keeps a disturbed block whose repetition was not finished, and the last one when all were disturbed', () => {
    expect(positions([scenario('a', 0, 0, true), scenario('b', 0, 1), scenario('a', 0, 2)])).toEqual({
      scenario: [[0, 0, 1]],
      capacity: [],
    });
    const twice = [scenario('a', 0, 0, true), scenario('b', 0, 1), scenario('a', 0, 2), scenario('b', 0, 3, true)];
    expect(positions(twice)).toEqual({ scenario: [[0, 2, 3]], capacity: [] });
  });
});
