import path from 'node:path';
import type { RunEvent, RunEventBody } from '../shared/events';
import type { Plan } from '../shared/plan';
import type { Warning } from '../shared/record';
import type { RunRequest } from '../shared/runRequest';
import { exitCodes, UserError } from '../shared/userError';
import { cacheFolder } from './cacheFolder';
import type { ComparisonDeps } from './comparison/comparisonDeps';
import { describeSoftware } from './comparison/describeMachine';
import { openSession } from './comparison/openSession';
import { preflight, type PreflightResult } from './comparison/preflight';
import { requireResultsFolder, resultsFolderOf } from './history/runFolder';
import { makePlans, type PlannedComparison } from './project/makePlans';
import { sweepAbandonedRuns } from './target/sweepAbandonedRuns';

export interface DoctorOptions {
  readonly signal: AbortSignal;
  readonly force: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}

type PreflightEvent = Extract<RunEventBody, { readonly type: 'preflight' }>;

/** What one target's checks came to. */
export interface Examined {
  readonly planned: PlannedComparison;
  /** What was looked at, and how it is. */
  readonly checks: readonly Pick<PreflightEvent, 'check' | 'state' | 'message'>[];
  /** All that was told of it, in the order in which it was found: problems too. */
  readonly findings: readonly Warning[];
  /** Null when they could not be made to their end: `error` says why. */
  readonly result: PreflightResult | null;
  readonly error: unknown;
}

/**
 * Every check that a run makes before its first trial, and no load: the app is started, each endpoint asked once. Throws `UserError` for what
 * keeps it from a plan; what goes wrong with a target stands in its result, after everything that was started has ended.
 */
export async function examine(
  request: RunRequest,
  deps: ComparisonDeps,
  options: DoctorOptions,
): Promise<readonly Examined[]> {
  const emit = (event: RunEventBody): void => {
    options.onEvent({ atMs: deps.now(), ...event });
  };
  await sweepAbandonedRuns(path.join(cacheFolder(deps.environment), 'runs'));
  const examined: Examined[] = [];
  for (const planned of await makePlans(request, deps.environment)) {
    options.signal.throwIfAborted();
    const checks: Examined['checks'][number][] = [];
    const findings: Warning[] = [];
    const tell = (event: RunEventBody): void => {
      if (event.type === 'warning') findings.push(event.warning);
      if (event.type === 'preflight' && event.state !== 'running')
        checks.push({ check: event.check, state: event.state, message: event.message });
      emit(event);
    };
    for (const warning of planned.notes) tell({ type: 'warning', warning });
    try {
      const resultsFolder = resultsFolderOf(request.out, planned.plan.folder);
      await requireResultsFolder(resultsFolder);
      tell({ type: 'preflight', check: 'results', state: 'ok', message: `Results can be written to ${resultsFolder}` });
      const result = await examineOne(planned.plan, deps, options, tell);
      for (const warning of [...result.warnings, ...result.problems]) tell({ type: 'warning', warning });
      examined.push({ planned, checks, findings, result, error: null });
    } catch (error) {
      options.signal.throwIfAborted();
      examined.push({ planned, checks, findings, result: null, error });
    }
  }
  return examined;
}

async function examineOne(
  plan: Plan,
  deps: ComparisonDeps,
  options: DoctorOptions,
  emit: (event: RunEventBody) => void,
): Promise<PreflightResult> {
  const session = await openSession(plan, deps, { ...options, onEvent: emit });
  for (const warning of session.opened.warnings) emit({ type: 'warning', warning });
  try {
    return await preflight(
      session.deps,
      {
        software: await describeSoftware(plan, session.deps.codes),
        // Gone at the end: what went wrong is said, with the app's own last words.
        logFileOf: (variant) => path.join(session.deps.workFolder, `${variant}.log`),
        tellsAll: true,
        onWarning: (warning) => emit({ type: 'warning', warning }),
        onEvent: emit,
      },
      options.signal,
    );
  } finally {
    await session.close();
  }
}

/** As `run` would end, had it gone no further: 0, or the gravest of what was found. */
export function examinedExitCode(examined: readonly Examined[]): number {
  const codes = examined.map(({ result, error }) => {
    if (error !== null) return error instanceof UserError ? error.exitCode : exitCodes.bug;
    return result !== null && result.problems.length > 0 ? exitCodes.invalid : exitCodes.done;
  });
  const gravity = [exitCodes.bug, exitCodes.usage, exitCodes.target, exitCodes.invalid];
  return gravity.find((code) => codes.includes(code)) ?? exitCodes.done;
}
