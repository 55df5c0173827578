import { assertNever } from '../../shared/assertNever';
import type { RunEvent, Sample, TrialPhase, TrialRef } from '../../shared/events';

/** What the terminal knows of a run while it is on. */
export interface RunView {
  readonly target: string | null;
  readonly scenario: string | null;
  readonly trial: TrialRef | null;
  readonly phase: TrialPhase | null;
  /** Planned length of the phase; null when it ends by itself. */
  readonly phaseSeconds: number | null;
  readonly phaseStartedAtMs: number;
  readonly sample: Sample | null;
  readonly fraction: number;
  readonly remainingSeconds: number | null;
  readonly exitWait: {
    readonly process: string;
    readonly elapsedSeconds: number;
    readonly limitSeconds: number;
  } | null;
  readonly isStopping: boolean;
}

export const emptyRunView: RunView = {
  target: null,
  scenario: null,
  trial: null,
  phase: null,
  phaseSeconds: null,
  phaseStartedAtMs: 0,
  sample: null,
  fraction: 0,
  remainingSeconds: null,
  exitWait: null,
  isStopping: false,
};

/** The view after an event. */
export function reduceRunView(view: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case 'run-started':
      return { ...view, remainingSeconds: event.estimatedSeconds };
    case 'comparison-started':
      return {
        ...view,
        target: event.plan.target,
        scenario: event.plan.scenario.name,
        trial: null,
        phase: null,
        sample: null,
        remainingSeconds: view.remainingSeconds ?? event.estimatedSeconds,
      };
    case 'trial-started':
      return { ...view, trial: event.trial, phase: null, sample: null, exitWait: null };
    case 'phase':
      return {
        ...view,
        trial: event.trial,
        phase: event.phase,
        phaseSeconds: event.seconds,
        phaseStartedAtMs: event.atMs,
        exitWait: null,
      };
    case 'sample':
      return { ...view, sample: event.sample };
    case 'exit-wait':
      return {
        ...view,
        exitWait: { process: event.process, elapsedSeconds: event.elapsedSeconds, limitSeconds: event.limitSeconds },
      };
    case 'trial-finished':
      return { ...view, sample: null, exitWait: null };
    case 'progress':
      return { ...view, fraction: event.fraction, remainingSeconds: event.remainingSeconds };
    case 'stopping':
      return { ...view, isStopping: true };
    case 'comparison-finished':
      return { ...view, trial: null, phase: null, sample: null, exitWait: null };
    case 'preflight':
    case 'estimates':
    case 'plan-changed':
    case 'warning':
    case 'log':
    case 'run-finished':
      return view;
    default:
      return assertNever(event);
  }
}
