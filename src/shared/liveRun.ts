import { assertNever } from './assertNever';
import type { RunEvent, RunningEstimate, RunOutcome, Sample, TrialPhase, TrialRef } from './events';
import type { PlanSummary, Warning } from './record';

/** The seconds of one trial so far. */
export interface LiveTrial {
  readonly trial: TrialRef;
  readonly seconds: readonly Sample[];
}

/** A trial that has ended, as the strip of blocks shows it. */
export interface FinishedTrial {
  readonly trial: TrialRef;
  readonly requests: number;
  readonly failures: number;
  /** Null: nothing was expected, so nothing was proven. */
  readonly isVerified: boolean | null;
  /** Others took the CPU. */
  readonly isDisturbed: boolean;
}

/** How the comparison of one target ended. */
export interface TargetResult {
  readonly target: string | null;
  readonly id: string;
  readonly outcome: RunOutcome;
  readonly recordPath: string | null;
  readonly sentence: string | null;
  readonly error: { readonly message: string; readonly hint: string | null } | null;
}

/**
 * All that can be seen of a run while it is on: a function of its events so far, plain and JSON-safe. The extension host keeps one
 * (tree, status bar, snapshots for the panel), and the panel advances its own by the same events.
 */
export interface LiveRun {
  readonly startedAtMs: number | null;
  /** `starting` until the first event; `stopping` once an end was asked for. */
  readonly state: 'starting' | 'running' | 'stopping' | 'ended';
  readonly targets: readonly string[];
  /** Of the target that is on; those before it stand in `results`. */
  readonly comparison: {
    readonly id: string;
    readonly folder: string;
    readonly plan: PlanSummary;
    readonly variants: readonly string[];
  } | null;
  readonly preflight: readonly {
    readonly check: string;
    readonly state: 'running' | 'ok' | 'failed';
    readonly message: string;
  }[];
  readonly trial: TrialRef | null;
  readonly phase: {
    readonly name: TrialPhase;
    /** Planned length; null when it ends by itself. */
    readonly seconds: number | null;
    readonly startedAtMs: number;
  } | null;
  readonly finishedTrials: readonly FinishedTrial[];
  /** The trial that is on, last, and before it the newest `keptTrialsPerVariant` of each variant and kind. */
  readonly trials: readonly LiveTrial[];
  readonly estimates: readonly RunningEstimate[];
  readonly progress: {
    readonly atMs: number;
    readonly elapsedSeconds: number;
    readonly remainingSeconds: number;
    readonly fraction: number;
  } | null;
  readonly exitWait: {
    readonly process: string;
    readonly elapsedSeconds: number;
    readonly limitSeconds: number;
  } | null;
  readonly warnings: readonly Warning[];
  /** The newest `keptLogLines` lines. */
  readonly log: readonly { readonly source: string; readonly line: string }[];
  readonly results: readonly TargetResult[];
  readonly exitCode: number | null;
  readonly error: { readonly message: string; readonly hint: string | null } | null;
}

export const keptTrialsPerVariant = 6;
export const keptLogLines = 200;
/** A longer line is cut: an app may print a whole page as one. */
export const keptLineCharacters = 1_000;
/** A trial with more seconds than this loses every second point of its past, again and again: no chart has more pixels. */
export const keptSecondsPerTrial = 600;

export const emptyLiveRun: LiveRun = {
  startedAtMs: null,
  state: 'starting',
  targets: [],
  comparison: null,
  preflight: [],
  trial: null,
  phase: null,
  finishedTrials: [],
  trials: [],
  estimates: [],
  progress: null,
  exitWait: null,
  warnings: [],
  log: [],
  results: [],
  exitCode: null,
  error: null,
};

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

/**
 * The run after an event. Bounded, however long the run is: trials by `keptTrialsPerVariant`, their seconds by
 * `keptSecondsPerTrial`, the log by `keptLogLines` lines of `keptLineCharacters`.
 */
export function advanceLiveRun(run: LiveRun, event: RunEvent): LiveRun {
  const begun: LiveRun = run.startedAtMs === null ? { ...run, startedAtMs: event.atMs, state: 'running' } : run;
  switch (event.type) {
    case 'run-started':
      return { ...begun, targets: event.targets, progress: notBegun(event) };
    case 'comparison-started':
      return startComparison(begun, event);
    case 'plan-changed':
      return { ...begun, comparison: begun.comparison && { ...begun.comparison, plan: event.plan } };
    case 'preflight':
      return { ...begun, preflight: withCheck(begun.preflight, event), exitWait: null };
    case 'trial-started':
      return {
        ...begun,
        trial: event.trial,
        phase: null,
        exitWait: null,
        trials: withTrial(begun.trials, event.trial),
      };
    case 'phase':
      return {
        ...begun,
        trial: event.trial,
        phase: { name: event.phase, seconds: event.seconds, startedAtMs: event.atMs },
        exitWait: null,
      };
    case 'sample':
      return { ...begun, trials: withSample(begun.trials, event) };
    case 'exit-wait':
      return {
        ...begun,
        exitWait: { process: event.process, elapsedSeconds: event.elapsedSeconds, limitSeconds: event.limitSeconds },
      };
    case 'trial-finished':
      return { ...begun, exitWait: null, finishedTrials: [...begun.finishedTrials, finishedTrial(event)] };
    case 'estimates':
      return { ...begun, estimates: event.estimates };
    case 'progress':
      return { ...begun, progress: progressOf(event) };
    case 'warning':
      return { ...begun, warnings: withWarning(begun.warnings, event.warning) };
    case 'log':
      return { ...begun, log: withLine(begun.log, event) };
    case 'stopping':
      return { ...begun, state: 'stopping' };
    case 'comparison-finished':
      return { ...begun, ...nothingOn, results: [...begun.results, targetResult(begun, event)] };
    case 'run-finished':
      return {
        ...begun,
        ...nothingOn,
        state: 'ended',
        exitCode: event.exitCode,
        error: errorOf(event.error),
      };
    default:
      return assertNever(event);
  }
}

const nothingOn = { trial: null, phase: null, exitWait: null } as const;

/** What was seen of the target before goes; its result stays, and so does the log. */
function startComparison(run: LiveRun, event: EventOf<'comparison-started'>): LiveRun {
  const { id, folder, plan, variants } = event;
  const { targets, startedAtMs, state, log, results } = run;
  return {
    ...emptyLiveRun,
    ...{ targets, startedAtMs, state, log, results },
    comparison: { id, folder, plan, variants },
    progress: notBegun(event),
  };
}

function notBegun(event: EventOf<'run-started' | 'comparison-started'>): LiveRun['progress'] {
  const { atMs, estimatedSeconds } = event;
  return { atMs, elapsedSeconds: 0, remainingSeconds: estimatedSeconds, fraction: 0 };
}

function progressOf({ atMs, elapsedSeconds, remainingSeconds, fraction }: EventOf<'progress'>): LiveRun['progress'] {
  return { atMs, elapsedSeconds, remainingSeconds, fraction };
}

/** A check keeps its place while its state changes. */
function withCheck(
  checks: LiveRun['preflight'],
  { check, state, message }: EventOf<'preflight'>,
): LiveRun['preflight'] {
  const next = { check, state, message };
  return checks.some((known) => known.check === check)
    ? checks.map((known) => (known.check === check ? next : known))
    : [...checks, next];
}

function withTrial(trials: LiveRun['trials'], trial: TrialRef): LiveRun['trials'] {
  const kept = trials.filter((live, index) => {
    const newer = trials.slice(index + 1).filter((other) => isAlike(other.trial, live.trial));
    return newer.length < keptTrialsPerVariant;
  });
  return [...kept, { trial, seconds: [] }];
}

function isAlike(a: TrialRef, b: TrialRef): boolean {
  return a.variant === b.variant && a.kind === b.kind;
}

function withSample(trials: LiveRun['trials'], { trial, sample }: EventOf<'sample'>): LiveRun['trials'] {
  const last = trials.at(-1);
  if (last?.trial.position !== trial.position)
    return [...withTrial(trials, trial).slice(0, -1), { trial, seconds: [sample] }];
  const { seconds } = last;
  const thinned = seconds.length < keptSecondsPerTrial ? seconds : seconds.filter((_, index) => index % 2 === 0);
  return [...trials.slice(0, -1), { trial: last.trial, seconds: [...thinned, sample] }];
}

function finishedTrial(event: EventOf<'trial-finished'>): FinishedTrial {
  const { trial, requests, failures, verification, disturbed = false } = event;
  return { trial, requests, failures, isVerified: verification.ok, isDisturbed: disturbed };
}

function withWarning(warnings: readonly Warning[], warning: Warning): readonly Warning[] {
  const isKnown = warnings.some(({ code, message }) => code === warning.code && message === warning.message);
  return isKnown ? warnings : [...warnings, warning];
}

function withLine(log: LiveRun['log'], { source, line }: EventOf<'log'>): LiveRun['log'] {
  const shown = line.length > keptLineCharacters ? `${line.slice(0, keptLineCharacters)}…` : line;
  return [...log.slice(1 - keptLogLines), { source, line: shown }];
}

function targetResult(run: LiveRun, event: EventOf<'comparison-finished'>): TargetResult {
  const { id, outcome, recordPath, sentence, error } = event;
  const target = run.comparison?.id === id ? run.comparison.plan.target : null;
  return { target, id, outcome, recordPath, sentence, error: errorOf(error) };
}

function errorOf(error: EventOf<'run-finished'>['error']): LiveRun['error'] {
  return error === undefined ? null : { message: error.message, hint: error.hint ?? null };
}
