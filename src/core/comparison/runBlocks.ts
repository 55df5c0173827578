import type { RunningEstimate, TrialRef } from '../../shared/events';
import type { CapacityTrial, Effect, Trial } from '../../shared/record';
import { randomStream } from '../../shared/random';
import { collectorFindings } from '../collector/collectorFindings';
import type { CollectorReport } from '../collector/collectorReport';
import { trialApiKey } from '../trial/injectedEnvironment';
import { queueLimitOf } from '../trial/readEffectiveConfig';
import { runTrial, type FinishedTrial } from '../trial/runTrial';
import type { TrialDeps } from '../trial/trialDeps';
import type { PlannedTrial } from './drawOrder';
import type { ComparisonOptions } from './comparisonDeps';
import type { RecordKeeper } from './recordKeeper';
import type { TimePlan } from './timePlan';

interface QueuedTrial extends PlannedTrial {
  readonly block: number;
}

/**
 * Runs every trial in the order drawn; each is on disk before the next begins. Returns why the comparison can mean nothing
 * any more, or null. Rejects when a trial fails or the signal aborts: what had finished is kept.
 */
export async function runBlocks(
  deps: TrialDeps,
  keeper: RecordKeeper,
  options: ComparisonOptions,
  time: TimePlan,
): Promise<string | null> {
  const queue = keeper.state.order.flatMap((block, index) =>
    block.map((trial): QueuedTrial => ({ ...trial, block: index })),
  );
  const reports = new Map<string, CollectorReport[]>();
  for (const [position, planned] of queue.entries()) {
    options.signal.throwIfAborted();
    const left = queue.slice(position).map(({ kind }) => kind);
    const startedSeconds = time.elapsedSeconds();
    const finished = await withProgress(time, left, options, async () =>
      runOne(deps, keeper, options, queue, position, planned),
    );
    reports.set(planned.variant, [...(reports.get(planned.variant) ?? []), finished.report]);
    time.trialTook(planned.kind, time.elapsedSeconds() - startedSeconds);
    if (finished.kind === 'scenario') keeper.update({ trials: [...keeper.state.trials, finished.trial] });
    else keeper.update({ capacity: [...keeper.state.capacity, finished.trial] });
    await bookLate(deps, keeper);
    const record = await keeper.save();
    const isBlockDone = queue[position + 1]?.block !== planned.block;
    if (isBlockDone) options.onEvent({ type: 'estimates', estimates: runningEstimates(record.effects) });
    const { ok, reason, advice } = finished.trial.verification;
    if (ok === false && !deps.plan.isForced)
      return `${planned.variant}: ${reason ?? 'telemetry was not as expected'}. ${advice ?? ''}`.trim();
  }
  const findings = collectorFindings(
    [...reports].map(([variant, of]) => {
      const effective = deps.effective?.get(variant);
      return { variant, reports: of, ...(effective && { queueLimit: queueLimitOf(effective) }) };
    }),
  );
  for (const warning of findings) keeper.warn(warning);
  options.onEvent({ type: 'progress', elapsedSeconds: time.elapsedSeconds(), remainingSeconds: 0, fraction: 1 });
  return null;
}

/** What comes after a trial was judged is told in that trial; it counts for no other one. */
async function bookLate(deps: TrialDeps, keeper: RecordKeeper): Promise<void> {
  const late = await deps.collector.late();
  if (Object.keys(late).length === 0) return;
  const booked = <T extends Trial | CapacityTrial>(trial: T): T => {
    const count = late[trialApiKey(deps.runKey, trial.position)];
    return count === undefined ? trial : { ...trial, verification: { ...trial.verification, late: count } };
  };
  keeper.update({ trials: keeper.state.trials.map(booked), capacity: keeper.state.capacity.map(booked) });
}

async function runOne(
  deps: TrialDeps,
  keeper: RecordKeeper,
  options: ComparisonOptions,
  queue: readonly QueuedTrial[],
  position: number,
  planned: QueuedTrial,
): Promise<FinishedTrial> {
  const variant = deps.plan.variants.find(({ name }) => name === planned.variant);
  if (!variant) throw new Error(`The plan has no variant ${planned.variant}`);
  const trial: TrialRef = {
    position,
    of: queue.length,
    block: planned.block,
    blocks: deps.plan.blocks,
    variant: planned.variant,
    kind: planned.kind,
  };
  return runTrial(
    deps,
    {
      trial,
      variant,
      hashSeed: randomStream(deps.plan.seed, planned.block, 'PYTHONHASHSEED').integer(1, 4_294_967_295),
      seriesFile: keeper.folder.trialFile(position, planned.variant, 'ndjson'),
      logFile: keeper.folder.trialFile(position, planned.variant, 'log'),
      onEvent: options.onEvent,
    },
    options.signal,
  );
}

/** Says each second how much of the whole plan is left while `work` runs. */
async function withProgress<T>(
  time: TimePlan,
  left: readonly PlannedTrial['kind'][],
  options: ComparisonOptions,
  work: () => Promise<T>,
): Promise<T> {
  const startedSeconds = time.elapsedSeconds();
  const total = time.estimate(left);
  const tell = (): void => {
    const elapsedSeconds = time.elapsedSeconds();
    const later = time.estimate(left.slice(1));
    const remainingSeconds = Math.max(later, total - (elapsedSeconds - startedSeconds));
    options.onEvent({
      type: 'progress',
      elapsedSeconds,
      remainingSeconds,
      fraction: elapsedSeconds / (elapsedSeconds + remainingSeconds),
    });
  };
  tell();
  const timer = setInterval(tell, 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** Headline effects as bands: no verdict word while the run is on (no peeking). */
export function runningEstimates(effects: readonly Effect[]): RunningEstimate[] {
  return effects
    .filter(({ family, scope }) => family === 'headline' && scope.kind === 'total')
    .map(({ metric, candidate, blocks, difference, ratio, baselineMean, candidateMean }) => ({
      metric,
      candidate,
      blocks,
      difference: difference?.estimate ?? candidateMean - baselineMean,
      ratio: ratio?.estimate ?? (baselineMean > 0 ? candidateMean / baselineMean : null),
      low: difference?.interval95.low ?? null,
      high: difference?.interval95.high ?? null,
    }));
}
