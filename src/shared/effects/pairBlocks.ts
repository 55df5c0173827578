import type { CapacityTrial, Trial } from '../record';

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
 * A disturbed block is repeated whole, so a variant's n-th trial of a block belongs to attempt n. The first undisturbed
 * attempt counts (the last one when all were disturbed), scenario and capacity alike; trials of two attempts are never paired,
 * because only those of one ran back to back. Chosen by the `disturbed` mark alone, never by an outcome.
 */
export function pairBlocks(
  trials: readonly Trial[],
  capacity: readonly CapacityTrial[],
  baseline: string,
  candidate: string,
): PairedBlocks {
  const disturbed = disturbedAttempts(trials);
  const pair = <T extends Head>(all: readonly T[]): TrialPair<T>[] =>
    [...byBlock(all)].flatMap(([block, attempts]) => {
      const complete = attempts.flatMap((attempt, index) => {
        const [before, after] = [attempt.get(baseline), attempt.get(candidate)];
        return before && after ? [{ block, baseline: before, candidate: after, index }] : [];
      });
      const chosen = complete.find(({ index }) => !disturbed.has(`${block}/${index}`)) ?? complete.at(-1);
      return chosen ? [{ block, baseline: chosen.baseline, candidate: chosen.candidate }] : [];
    });
  return { scenario: pair(trials), capacity: pair(capacity) };
}

type Head = Pick<Trial, 'variant' | 'block' | 'position'>;

/** `block/attempt` of every attempt that holds a disturbed trial of whatever variant. */
function disturbedAttempts(trials: readonly Trial[]): ReadonlySet<string> {
  const disturbed = new Set<string>();
  for (const [block, attempts] of byBlock(trials)) {
    attempts.forEach((attempt, index) => {
      if ([...attempt.values()].some((trial) => trial.disturbed)) disturbed.add(`${block}/${index}`);
    });
  }
  return disturbed;
}

/** Block → attempts → variant → trial, blocks ascending and attempts in the order in which they ran. */
function byBlock<T extends Head>(trials: readonly T[]): ReadonlyMap<number, readonly ReadonlyMap<string, T>[]> {
  const blocks = new Map<number, Map<string, T>[]>();
  const inOrder = [...trials].sort((one, other) => one.block - other.block || one.position - other.position);
  for (const trial of inOrder) {
    const attempts = blocks.get(trial.block) ?? [];
    blocks.set(trial.block, attempts);
    const latest = attempts.at(-1);
    if (latest && !latest.has(trial.variant)) latest.set(trial.variant, trial);
    else attempts.push(new Map([[trial.variant, trial]]));
  }
  return blocks;
}
