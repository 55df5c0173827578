import type { TrialKind } from '../../src/shared/events';
import type { FinishedTrial, LiveRun } from '../../src/shared/liveRun';

/** `undone`: it was started and never finished. `unproven`: nothing was expected, so nothing was proven. */
export type TrialState = 'pending' | 'on' | 'undone' | 'verified' | 'unproven' | 'unverified';

export interface BlockTrial {
  readonly variant: string;
  readonly kind: TrialKind;
  readonly state: TrialState;
  readonly requests: number | null;
  readonly failures: number;
}

/** One time through a block: a disturbed one is repeated whole, in the same order. */
export interface LiveBlock {
  readonly block: number;
  readonly isRepetition: boolean;
  /** Others took the CPU in one of its trials. */
  readonly isDisturbed: boolean;
  readonly trials: readonly BlockTrial[];
}

/** Every trial of the plan in the order drawn, block by block, repetitions behind what they repeat, with what became of each so far. */
export function liveBlocks(run: LiveRun): readonly LiveBlock[] {
  const { comparison, finishedTrials } = run;
  if (comparison === null) return [];
  return comparison.plan.order.flatMap((order, block) => {
    const attempts = [0, 1].filter((attempt) => attempt === 0 || wasBegun(run, block, attempt));
    return attempts.map((attempt): LiveBlock => {
      const done = finishedTrials.filter(({ trial }) => trial.block === block && (trial.attempt ?? 0) === attempt);
      return {
        block,
        isRepetition: attempt > 0,
        isDisturbed: done.some(({ isDisturbed }) => isDisturbed),
        trials: order.map(({ variant, kind }) => blockTrial(run, { block, attempt, variant, kind }, done)),
      };
    });
  });
}

interface Place {
  readonly block: number;
  readonly attempt: number;
  readonly variant: string;
  readonly kind: TrialKind;
}

function blockTrial(run: LiveRun, place: Place, finished: readonly FinishedTrial[]): BlockTrial {
  const { variant, kind } = place;
  const done = finished.find(({ trial }) => isAt(trial, place));
  if (done === undefined) return { variant, kind, state: unfinishedState(run, place), requests: null, failures: 0 };
  const state = done.isVerified === null ? 'unproven' : done.isVerified ? 'verified' : 'unverified';
  return { variant, kind, state, requests: done.requests, failures: done.failures };
}

function unfinishedState({ trial, trials }: LiveRun, place: Place): TrialState {
  if (trial !== null && isAt(trial, place)) return 'on';
  return trials.some((live) => isAt(live.trial, place)) ? 'undone' : 'pending';
}

function wasBegun({ trials, finishedTrials }: LiveRun, block: number, attempt: number): boolean {
  return [...trials, ...finishedTrials].some(({ trial }) => trial.block === block && trial.attempt === attempt);
}

function isAt(trial: Omit<Place, 'attempt'> & { readonly attempt?: number }, place: Place): boolean {
  return (
    trial.block === place.block &&
    (trial.attempt ?? 0) === place.attempt &&
    trial.variant === place.variant &&
    trial.kind === place.kind
  );
}
