import type { TrialPhase } from '../../shared/events';
import type { LiveRun } from '../../shared/liveRun';

/** The run that is on, in a row and in the status bar. */
export interface RunningRow {
  readonly label: string;
  readonly description: string;
  readonly accessibleLabel: string;
}

/** What a trial is doing, as people read it. */
const phaseWords: Readonly<Record<TrialPhase, string>> = {
  resetting: 'fresh state',
  starting: 'starting',
  warming: 'warming up',
  measuring: 'measuring',
  draining: 'waiting for the last events',
  stopping: 'stopping',
  verifying: 'verifying',
  done: 'done',
};

/** Target and scenario; block, variant, phase and time left of the whole plan. */
export function runningRow(run: LiveRun): RunningRow {
  const { comparison } = run;
  const label = comparison === null ? 'Starting' : `${comparison.plan.target} · ${comparison.plan.scenario.name}`;
  const description = [...doing(run), ...timeLeft(run)].join(' · ');
  return { label, description, accessibleLabel: `Running: ${label}, ${description}` };
}

/** `1:42`, `12:05`, `1:02:03`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

function doing({ state, trial, phase, exitWait }: LiveRun): string[] {
  if (exitWait !== null) {
    return [
      `waiting for ${exitWait.process} to exit, ${clockText(exitWait.limitSeconds - exitWait.elapsedSeconds)} at most`,
    ];
  }
  if (state === 'stopping') return ['stopping'];
  if (trial === null) return ['checking and preparing'];
  const kind = trial.kind === 'capacity' ? ['capacity'] : [];
  return [
    `block ${trial.block + 1}/${trial.blocks}`,
    trial.variant,
    ...kind,
    ...(phase === null ? [] : [phaseWords[phase.name]]),
  ];
}

function timeLeft({ progress, state }: LiveRun): string[] {
  return progress === null || state === 'stopping' ? [] : [`${clockText(progress.remainingSeconds)} left`];
}
