import type { CapacityTrial, Trial } from '../record';
import { attemptsByBlock, disturbedAttempts, type TrialHead } from './blockAttempts';

export interface TrialPair<T> {
  readonly block: number;
  readonly baseline: T;
  readonly candidate: T;
}

export interface PairedBlocks {
  readonly scenario: readonly TrialPair<Trial>[];
  readonly capacity: readonly TrialPair<CapacityTrial>[];
}

/**
 * The blocks that hold a trial of both variants, in their order: the unit of replication. A partial run's unfinished
 * block is left out.
 *
 * A disturbed block is repeated whole. The first undisturbed attempt counts (the last one when all were disturbed), scenario and
 * capacity alike; trials of two attempts are never paired, because only those of one ran back to back. Chosen by the
 * `disturbed` mark alone, never by an outcome.
 */
export function pairBlocks(
  trials: readonly Trial[],
  capacity: readonly CapacityTrial[],
  baseline: string,
  candidate: string,
): PairedBlocks {
  const disturbed = disturbedAttempts(trials, capacity);
  const pair = <T extends TrialHead>(all: readonly T[]): TrialPair<T>[] =>
    [...attemptsByBlock(all)].flatMap(([block, attempts]) => {
      const complete = attempts.flatMap((attempt, index) => {
        const [before, after] = [attempt.get(baseline), attempt.get(candidate)];
        return before && after ? [{ block, baseline: before, candidate: after, index }] : [];
      });
      const chosen = complete.find(({ index }) => !disturbed.has(`${block}/${index}`)) ?? complete.at(-1);
      return chosen ? [{ block, baseline: chosen.baseline, candidate: chosen.candidate }] : [];
    });
  return { scenario: pair(trials), capacity: pair(capacity) };
}
