import type { TrialKind } from '../../src/shared/events';
import type { LiveRun } from '../../src/shared/liveRun';

/** `undone`: it was started and never finished. `unproven`: nothing was expected, so nothing was proven. */
export type TrialState = 'pending' | 'on' | 'undone' | 'verified' | 'unproven' | 'unverified';

export interface BlockTrial {
  readonly position: number;
  readonly variant: string;
  readonly kind: TrialKind;
  readonly state: TrialState;
  readonly requests: number | null;
  readonly failures: number;
}

/** Every trial of the plan in the order drawn, block by block, with what became of it so far. */
export function liveBlocks(run: LiveRun): readonly (readonly BlockTrial[])[] {
  const { comparison } = run;
  if (comparison === null) return [];
  const finished = new Map(run.finishedTrials.map((done) => [done.trial.position, done]));
  let next = 0;
  return comparison.plan.order.map((block) =>
    block.map(({ variant, kind }): BlockTrial => {
      const position = next;
      next += 1;
      const done = finished.get(position);
      if (done === undefined)
        return { position, variant, kind, state: unfinishedState(run, position), requests: null, failures: 0 };
      const state = done.isVerified === null ? 'unproven' : done.isVerified ? 'verified' : 'unverified';
      return { position, variant, kind, state, requests: done.requests, failures: done.failures };
    }),
  );
}

function unfinishedState({ trial, trials }: LiveRun, position: number): TrialState {
  if (trial?.position === position) return 'on';
  const newest = trials.at(-1)?.trial.position ?? -1;
  return position <= newest ? 'undone' : 'pending';
}
