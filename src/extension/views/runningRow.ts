import type { LiveRun } from '../../shared/liveRun';
import { clockText } from '../../shared/words/clockText';
import { phaseWords, trialName } from '../../shared/words/trialWords';

/** The run that is on, in a row and in the status bar. */
export interface RunningRow {
  readonly label: string;
  readonly description: string;
  readonly accessibleLabel: string;
}

/** Target and scenario; block, variant, phase and time left of the whole plan. */
export function runningRow(run: LiveRun): RunningRow {
  const { comparison } = run;
  const label = comparison === null ? 'Starting' : `${comparison.plan.target} · ${comparison.plan.scenario.name}`;
  const description = [...doing(run), ...timeLeft(run)].join(' · ');
  return { label, description, accessibleLabel: `Running: ${label}, ${description}` };
}

function doing({ state, trial, phase, exitWait }: LiveRun): string[] {
  if (exitWait !== null) {
    return [
      `waiting for ${exitWait.process} to exit, ${clockText(exitWait.limitSeconds - exitWait.elapsedSeconds)} at most`,
    ];
  }
  if (state === 'stopping') return ['stopping'];
  if (trial === null) return ['checking and preparing'];
  return [trialName(trial), ...(phase === null ? [] : [phaseWords[phase.name]])];
}

function timeLeft({ progress, state }: LiveRun): string[] {
  return progress === null || state === 'stopping' ? [] : [`${clockText(progress.remainingSeconds)} left`];
}
