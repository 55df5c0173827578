import path from 'node:path';
import type { RunEvent, RunEventBody } from '../shared/events';
import { estimatePlanSeconds } from '../shared/planSeconds';
import type { ComparisonRecord } from '../shared/record';
import type { RunRequest } from '../shared/runRequest';
import { exitCodes, UserError } from '../shared/userError';
import { cacheFolder } from './cacheFolder';
import type { ComparisonDeps } from './comparison/comparisonDeps';
import { runComparison, type ComparisonResult } from './comparison/runComparison';
import { readSeries } from './history/readSeries';
import { compileBehaviour } from './load/compileBehaviour';
import { resultsFolderOf } from './history/runFolder';
import { makePlans, type PlannedComparison } from './project/makePlans';
import { writeReports } from './report/writeReports';
import { sweepAbandonedRuns } from './target/sweepAbandonedRuns';

export interface EngineOptions {
  readonly signal: AbortSignal;
  readonly force: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}

export interface EngineResult {
  readonly exitCode: number;
  readonly records: readonly ComparisonRecord[];
}

/** Several targets end with the gravest of their codes, in this order. */
const gravity = [
  exitCodes.stopped,
  exitCodes.bug,
  exitCodes.usage,
  exitCodes.target,
  exitCodes.invalid,
  exitCodes.budgetFailed,
  exitCodes.inconclusive,
  exitCodes.done,
];

/** The whole of a request: every target one after the other. Never rejects; the last event is `run-finished`, after clean-up. */
export async function runEngine(
  request: RunRequest,
  deps: ComparisonDeps,
  options: EngineOptions,
): Promise<EngineResult> {
  const emit = (event: RunEventBody): void => {
    options.onEvent({ atMs: deps.now(), ...event });
  };
  const results: { readonly exitCode: number; readonly record: ComparisonRecord | null }[] = [];
  let failure: unknown = null;
  try {
    await sweep(deps, emit);
    const plans = await makePlans(request, deps.environment);
    for (const { plan } of plans) compileBehaviour(plan.behaviour, plan.scenario.behaviourName);
    emit({
      type: 'run-started',
      targets: plans.map(({ plan }) => plan.target.name),
      estimatedSeconds: plans.reduce((sum, { plan }) => sum + estimatePlanSeconds(plan), 0),
    });
    for (const planned of plans) {
      if (options.signal.aborted) break;
      results.push(await compareAndReport(planned, request, deps, options, emit));
    }
  } catch (error) {
    failure = error;
  }
  const codes = results.map(({ exitCode }) => exitCode);
  if (failure !== null) codes.push(failure instanceof UserError ? failure.exitCode : exitCodes.bug);
  if (options.signal.aborted) codes.push(exitCodes.stopped);
  const exitCode = gravity.find((code) => codes.includes(code)) ?? exitCodes.done;
  emit({ type: 'run-finished', exitCode, ...(failure === null ? {} : { error: describeError(failure) }) });
  return { exitCode, records: results.flatMap(({ record }) => record ?? []) };
}

async function sweep(deps: ComparisonDeps, emit: (event: RunEventBody) => void): Promise<void> {
  const swept = await sweepAbandonedRuns(path.join(cacheFolder(deps.environment), 'runs'));
  if (swept.length === 0) return;
  const processes = swept.reduce((sum, run) => sum + run.endedPids.length, 0);
  emit({
    type: 'log',
    source: 'insights-comparison',
    line: `Cleaned up after ${swept.length} earlier run(s) that had been killed: ${processes} processes ended`,
  });
}

async function compareAndReport(
  planned: PlannedComparison,
  request: RunRequest,
  deps: ComparisonDeps,
  options: EngineOptions,
  emit: (event: RunEventBody) => void,
): Promise<{ readonly exitCode: number; readonly record: ComparisonRecord | null }> {
  const result = await runComparison(planned, deps, {
    resultsFolder: resultsFolderOf(request.out, planned.plan.folder),
    signal: options.signal,
    force: options.force,
    onEvent: emit,
  });
  const { record } = result;
  const reportPaths =
    record === null
      ? []
      : await writeReports({
          record,
          series: await readSeries(record, result.folder.path),
          folder: result.folder.path,
          formats: request.reports,
          pageScript: deps.pageScript,
        });
  const exitCode = finalExitCode(result, request);
  emit({
    type: 'comparison-finished',
    id: result.folder.id,
    outcome: result.outcome,
    exitCode,
    recordPath: record === null ? null : result.folder.recordPath,
    reportPaths,
    sentence: record?.sentence ?? null,
    ...(result.error === null ? {} : { error: describeError(result.error) }),
  });
  return { exitCode, record };
}

function finalExitCode(result: ComparisonResult, request: RunRequest): number {
  if (result.exitCode !== exitCodes.done || !request.failOnInconclusive || !result.record) return result.exitCode;
  const { budgets, effects } = result.record;
  const isOpen =
    budgets.length > 0
      ? budgets.some((budget) => budget.result === 'inconclusive')
      : effects.some(
          ({ family, scope, verdict }) => family === 'headline' && scope.kind === 'total' && verdict === 'inconclusive',
        );
  return isOpen ? exitCodes.inconclusive : exitCodes.done;
}

/** What a user is told of an error: for a bug, its stack too, so that it can be reported. */
export function describeError(error: unknown): { message: string; hint?: string } {
  if (error instanceof UserError)
    return error.hint === undefined ? { message: error.message } : { message: error.message, hint: error.hint };
  if (error instanceof Error) {
    return {
      message: `Something went wrong inside Insights comparison: ${error.message}`,
      hint: error.stack ?? 'No stack is known.',
    };
  }
  return { message: `Something went wrong inside Insights comparison: ${String(error)}` };
}
