import type { CapacityTrial, Trial } from '../record';

export type TrialHead = Pick<Trial, 'variant' | 'block' | 'position'>;

/** Variant → trial, of one attempt at a block. */
type Attempt<T> = ReadonlyMap<string, T>;

/**
 * Block → attempts → variant → trial, blocks ascending and attempts in the order in which they ran. A disturbed block is
 * repeated whole, so a variant's n-th trial of a block belongs to attempt n.
 */
export function attemptsByBlock<T extends TrialHead>(trials: readonly T[]): ReadonlyMap<number, readonly Attempt<T>[]> {
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

/** `block/attempt` of every attempt that holds a disturbed trial, of whatever variant and kind. */
export function disturbedAttempts(
  trials: readonly Pick<Trial, keyof TrialHead | 'disturbed'>[],
  capacity: readonly Pick<CapacityTrial, keyof TrialHead | 'disturbed'>[],
): ReadonlySet<string> {
  const marks = [attemptsByBlock(trials), attemptsByBlock(capacity)].flatMap((blocks) =>
    [...blocks].flatMap(([block, attempts]) =>
      attempts.flatMap((attempt, index) =>
        [...attempt.values()].some(({ disturbed }) => disturbed === true) ? [`${block}/${index}`] : [],
      ),
    ),
  );
  return new Set(marks);
}

/** What became of the blocks that others disturbed. */
export interface Disturbances {
  /** Blocks that any trial was measured of. */
  readonly blocks: number;
  readonly repeated: ReadonlySet<number>;
  /** Blocks without an undisturbed attempt. */
  readonly disturbed: ReadonlySet<number>;
}

type Measured = { readonly trials: readonly Trial[]; readonly capacity: readonly CapacityTrial[] };

/** Which blocks were repeated, and which stayed disturbed in spite of that or without it. */
export function findDisturbances({ trials, capacity }: Measured): Disturbances {
  const marks = disturbedAttempts(trials, capacity);
  const attempts = attemptCounts([attemptsByBlock(trials), attemptsByBlock(capacity)]);
  const isDisturbed = ([block, count]: readonly [number, number]): boolean =>
    Array.from({ length: count }, (_, index) => marks.has(`${block}/${index}`)).every(Boolean);
  return {
    blocks: attempts.size,
    repeated: new Set([...attempts].filter(([, count]) => count > 1).map(([block]) => block)),
    disturbed: new Set([...attempts].filter(isDisturbed).map(([block]) => block)),
  };
}

/** The trials of the attempts that count, as `pairBlocks` chooses them: for tables that pool what effects are computed from. */
export function countedTrials({ trials, capacity }: Measured): Measured {
  const marks = disturbedAttempts(trials, capacity);
  return { trials: counted(trials, marks), capacity: counted(capacity, marks) };
}

function counted<T extends TrialHead>(trials: readonly T[], marks: ReadonlySet<string>): T[] {
  return [...attemptsByBlock(trials)].flatMap(([block, attempts]) => {
    const whole = Math.max(...attempts.map(({ size }) => size));
    const complete = attempts
      .map((attempt, index) => ({ attempt, index }))
      .filter(({ attempt }) => attempt.size === whole);
    const chosen = complete.find(({ index }) => !marks.has(`${block}/${index}`)) ?? complete.at(-1);
    return chosen ? [...chosen.attempt.values()] : [];
  });
}

/** Of each block how often it was tried: by whichever kind of trial shows more. */
function attemptCounts(
  kinds: readonly ReadonlyMap<number, readonly Attempt<TrialHead>[]>[],
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const [block, attempts] of kinds.flatMap((blocks) => [...blocks]))
    counts.set(block, Math.max(counts.get(block) ?? 0, attempts.length));
  return counts;
}
