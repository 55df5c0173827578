import { assertNever } from '../../src/shared/assertNever';
import { formatDuration } from '../../src/shared/duration';
import type { TrialKind, TrialPhase, TrialRef } from '../../src/shared/events';
import type { LiveRun } from '../../src/shared/liveRun';
import { clockText } from '../../src/shared/words/clockText';

const phaseWords: Readonly<Record<TrialPhase, string>> = {
  resetting: 'Making fresh state',
  starting: 'Starting the app',
  warming: 'Warming up',
  measuring: 'Measuring',
  draining: 'Waiting for the last answers',
  stopping: 'Stopping the app',
  verifying: 'Verifying the events',
  done: 'Trial done',
};

/** What is done now, without a number that moves: it is read out loud when it changes. */
export function doingWords(run: LiveRun): string {
  switch (run.state) {
    case 'starting':
      return 'Starting the engine';
    case 'running':
      return runningWords(run);
    case 'stopping':
      return 'Stopping the run';
    case 'ended':
      return 'Ended';
    default:
      return assertNever(run.state);
  }
}

function runningWords({ trial, phase, comparison, preflight, results }: LiveRun): string {
  if (trial !== null) return phase === null ? 'Preparing the trial' : phaseWords[phase.name];
  if (results.some(({ id }) => id === comparison?.id)) return 'Finished';
  return preflight.length === 0 ? 'Preparing' : 'Checking before the first trial';
}

/** Which trial is meant, in parts: block, variant, kind. */
export function trialWords({ block, blocks, attempt, variant, kind }: TrialRef): readonly string[] {
  const again = attempt === undefined ? '' : ' again';
  return [`block ${block + 1} of ${blocks}${again}`, variant, ...(kind === 'capacity' ? [kindWords.capacity] : [])];
}

export const kindWords: Readonly<Record<TrialKind, string>> = { scenario: 'scenario', capacity: 'capacity' };

/** Seconds since the page got to know the run's progress: what has passed on the engine's clock too, whatever that shows. */
export interface Moment {
  readonly sinceProgressSeconds: number;
}

/** `1:42 left` while trials are on, how long the plan takes before; null when nothing is known or nothing is left to wait for. */
export function timeLeftWords({ state, progress, trial, results, comparison }: LiveRun, moment: Moment): string | null {
  if (progress === null || state !== 'running') return null;
  if (trial !== null) return `${leftText(progress.remainingSeconds - moment.sinceProgressSeconds)} left`;
  if (results.some(({ id }) => id === comparison?.id)) return null;
  return `about ${formatDuration(roundedUp(progress.remainingSeconds))} after the checks`;
}

/** `12 s of 20 s`: how far a phase of known length is; null for one that ends by itself. */
export function phaseTimeWords({ phase, progress }: LiveRun, { sinceProgressSeconds }: Moment): string | null {
  if (phase === null || phase.seconds === null || progress === null) return null;
  const elapsed = (progress.atMs - phase.startedAtMs) / 1000 + sinceProgressSeconds;
  return `${Math.floor(Math.min(phase.seconds, Math.max(0, elapsed)))} of ${Math.round(phase.seconds)} s`;
}

/** A time left, `1:42`: a second that has begun still counts. */
export function leftText(seconds: number): string {
  return clockText(Math.ceil(seconds));
}

/** A guess is not given to the second. */
function roundedUp(seconds: number): number {
  const step = seconds > 60 ? 30 : 10;
  return Math.ceil(seconds / step) * step;
}
