import type { TrialPhase, TrialRef } from '../events';
import type { Exit } from '../record';

/** What a trial is doing, as people read it. */
export const phaseWords: Readonly<Record<TrialPhase, string>> = {
  resetting: 'fresh state',
  starting: 'starting',
  warming: 'warming up',
  measuring: 'measuring',
  draining: 'waiting for the last events',
  stopping: 'stopping',
  verifying: 'verifying',
  done: 'done',
};

/** Why an app did not end by itself, in a few words. */
export function forcedWords({ forcedReason }: Exit): string {
  return forcedReason === 'exit_wait_measured_once' ? 'exit cut short by us: it was measured before' : 'killed by us';
}

/** `block 2/6 again · with_insights · capacity`: which trial is meant. Blocks are counted from 1; `again`: a disturbed one is repeated. */
export function trialName(trial: TrialRef): string {
  const kind = trial.kind === 'capacity' ? ' · capacity' : '';
  const again = trial.attempt === undefined ? '' : ' again';
  return `block ${trial.block + 1}/${trial.blocks}${again} · ${trial.variant}${kind}`;
}
