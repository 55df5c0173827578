import { cpus } from 'node:os';
import path from 'node:path';
import { assertNever } from '../../shared/assertNever';
import type { RunEventBody, TrialPhase, TrialRef } from '../../shared/events';
import type { VariantPlan } from '../../shared/plan';
import type { CapacityTrial, Trial } from '../../shared/record';
import type { CollectorReport } from '../collector/collectorReport';
import { droppedEvents } from '../collector/droppedEvents';
import type { LoadJob } from '../load/loadJob';
import { awaitLastFlush } from './awaitLastFlush';
import type { Closed, ExitWait, LiveTarget } from './liveTarget';
import { openTarget } from './openTarget';
import { isDisturbed } from './isDisturbed';
import { measureLoad, type MeasuredLoad } from './measureLoad';
import { toCapacityTrial, toScenarioTrial, type TrialParts } from './trialRecord';
import type { TrialDeps } from './trialDeps';
import { openTrialLog, type TrialLog } from './trialLog';
import { verifyVariant } from './verifyVariant';

export interface TrialOptions {
  readonly trial: TrialRef;
  readonly variant: VariantPlan;
  /** One per block: the same for every variant. */
  readonly hashSeed: number;
  readonly seriesFile: string;
  readonly logFile: string;
  readonly exitWait: ExitWait;
  readonly onEvent: (event: RunEventBody) => void;
}

export type FinishedTrial = { readonly report: CollectorReport } & (
  { readonly kind: 'scenario'; readonly trial: Trial } | { readonly kind: 'capacity'; readonly trial: CapacityTrial }
);

const requestTimeoutSeconds = 30;

/**
 * One trial: fresh state → start → ready → warm-up → window → drain → stop → verify. Whatever fails on the way,
 * everything it started has been stopped when it throws. An aborted signal ends it as soon as the app has been stopped.
 */
export async function runTrial(deps: TrialDeps, options: TrialOptions, signal: AbortSignal): Promise<FinishedTrial> {
  const { trial } = options;
  const log = openTrialLog(options.seriesFile);
  const startedAt = new Date().toISOString();
  options.onEvent({ type: 'trial-started', trial });
  try {
    const { target, measured, closed, droppedByApp, backlog } = await measure(deps, options, log, signal);
    announce(options, log, 'verifying', null);
    const report = await deps.collector.settle(target.apiKey);
    const verification = verifyVariant(deps, options.variant, {
      kind: trial.kind,
      report,
      requestIds: measured.load.requestIds,
      requestIdPrefix: target.requestIdPrefix,
      exit: closed.exit,
      droppedByApp,
    });
    writeMarks(log, measured, report);
    announce(options, log, 'done', null);
    // All cores of the machine, as /proc/stat counts them: not those that this process may use.
    const disturbed = isDisturbed(measured.machine, cpus().length) || (measured.load.workersLeft ?? 0) > 0;
    options.onEvent({
      type: 'trial-finished',
      trial,
      requests: measured.load.requests,
      failures: measured.load.failures,
      verification,
      exit: closed.exit,
      ...(disturbed ? { disturbed } : {}),
    });
    const parts: TrialParts = {
      ref: trial,
      startedAt,
      target,
      measured,
      closed,
      backlog,
      verification,
      collectorBytes: report.bytes + report.noticeBytes + report.refusedBytes,
      disturbed,
      seriesFile: path.basename(options.seriesFile),
      logFile: path.basename(options.logFile),
    };
    return toFinished(deps, parts, report);
  } finally {
    await log.close();
  }
}

function toFinished(deps: TrialDeps, parts: TrialParts, report: CollectorReport): FinishedTrial {
  const { kind } = parts.ref;
  switch (kind) {
    case 'scenario':
      return { kind, report, trial: toScenarioTrial(parts) };
    case 'capacity':
      return { kind, report, trial: toCapacityTrial(parts, deps.plan.capacity ?? { connections: 0, requests: [] }) };
    default:
      return assertNever(kind);
  }
}

interface TrialOutcome {
  readonly target: LiveTarget;
  readonly measured: MeasuredLoad;
  readonly closed: Closed;
  readonly droppedByApp: number;
  readonly backlog: Readonly<Record<string, number>> | null;
}

async function measure(
  deps: TrialDeps,
  options: TrialOptions,
  log: TrialLog,
  signal: AbortSignal,
): Promise<TrialOutcome> {
  const { trial } = options;
  let droppedByApp = 0;
  const target = await openTarget(
    deps,
    {
      variant: options.variant,
      position: trial.position,
      hashSeed: options.hashSeed,
      logFile: options.logFile,
      exitWait: options.exitWait,
      onPhase: (phase) => {
        announce(options, log, phase, null);
      },
      onLine: (source, line) => {
        droppedByApp += droppedEvents(line);
        options.onEvent({ type: 'log', source, line });
      },
      onExitWait: (process, elapsedSeconds, limitSeconds) => {
        options.onEvent({ type: 'exit-wait', process, elapsedSeconds, limitSeconds });
      },
    },
    signal,
  );
  let measured: MeasuredLoad;
  let backlog: Readonly<Record<string, number>> | null = null;
  try {
    measured = await measureLoad(
      deps,
      {
        job: makeJob(deps, options, target),
        target,
        onPhase: (phase, seconds) => {
          announce(options, log, phase, seconds);
        },
        onSample: (sample) => {
          log.sample(sample);
          options.onEvent({ type: 'sample', trial, sample });
        },
      },
      signal,
    );
    // Before the worker is told to end: it would take some of them with it.
    if (trial.kind === 'scenario' && deps.plan.target.companions.length > 0) backlog = await target.backlog();
    await awaitLastFlush(deps, { ...options, kind: trial.kind, target, requestIds: measured.load.requestIds }, signal);
  } catch (error) {
    await target.close();
    throw error;
  }
  const closed = await target.close();
  return { target, measured, closed, droppedByApp, backlog };
}

function announce(options: TrialOptions, log: TrialLog, phase: TrialPhase, seconds: number | null): void {
  log.mark({ type: 'phase', phase, atMs: Date.now() });
  options.onEvent({ type: 'phase', trial: options.trial, phase, seconds });
}

/** The load of a trial: the same for every variant of a block but for the request ids. */
export function makeJob(deps: TrialDeps, options: Pick<TrialOptions, 'trial'>, target: LiveTarget): LoadJob {
  const { plan } = deps;
  const common = {
    origin: target.origin,
    requestIdPrefix: target.requestIdPrefix,
    timeoutSeconds: requestTimeoutSeconds,
    seed: plan.seed,
    block: options.trial.block,
  };
  if (options.trial.kind === 'scenario') {
    return {
      ...common,
      kind: 'scenario',
      load: plan.scenario.load,
      behaviour: plan.behaviour,
      warmupSeconds: plan.warmupSeconds,
      durationSeconds: plan.trialSeconds,
    };
  }
  if (!plan.capacity) throw new Error('A capacity trial needs a capacity plan');
  return {
    ...common,
    kind: 'capacity',
    connections: plan.capacity.connections,
    requests: plan.capacity.requests,
    headers: plan.behaviour.headers ?? {},
    warmupSeconds: plan.capacity.warmupSeconds,
    durationSeconds: plan.capacity.durationSeconds,
  };
}

function writeMarks(log: TrialLog, measured: MeasuredLoad, report: CollectorReport): void {
  for (const atMs of report.flushesAtMs) log.mark({ type: 'flush', atMs });
  for (const { endpoint, reason, body } of measured.load.failureSamples)
    log.mark({ type: 'error', endpoint, reason, body, atMs: Date.now() });
}
