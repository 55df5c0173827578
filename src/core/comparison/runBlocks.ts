import type { RunningEstimate, TrialRef } from '../../shared/events';
import { fewestBlocks } from '../../shared/effects/effectFigures';
import { isHealthy } from '../../shared/outage';
import type { CapacityTrial, ComparisonRecord, Effect, Trial } from '../../shared/record';
import { randomStream } from '../../shared/random';
import { collectorFindings, type VariantReports } from '../collector/collectorFindings';
import type { CollectorReport } from '../collector/collectorReport';
import { trialApiKey } from '../trial/injectedEnvironment';
import { queueLimitOf } from '../inspect/inspectApp';
import { runTrial, type FinishedTrial } from '../trial/runTrial';
import type { TrialDeps } from '../trial/trialDeps';
import type { PlannedTrial } from './drawOrder';
import { exitWaitOf } from './exitWaitOf';
import type { ComparisonOptions } from './comparisonDeps';
import type { RecordKeeper } from './recordKeeper';
import type { TimePlan } from './timePlan';
import { missedGoal, planRemainingBlocks } from './untilGoal';

/** How a trial is run; tests put a fake in its place. */
export type RunTrial = typeof runTrial;

/** What the trials of one comparison share, and how far they are. */
interface BlocksRun {
  readonly deps: TrialDeps;
  readonly keeper: RecordKeeper;
  readonly options: ComparisonOptions;
  readonly time: TimePlan;
  readonly run: RunTrial;
  readonly reports: Map<string, CollectorReport[]>;
  position: number;
  repeats: number;
}

/** One time through a block: 0 its first attempt, 1 its repetition. */
interface Attempt {
  readonly block: number;
  readonly attempt: number;
}

/**
 * Runs every trial in the order drawn; each is on disk before the next begins. A block in which others took the CPU is repeated whole,
 * within bounds; with `--until` the first stage fixes how many blocks there are. Returns why the comparison can mean nothing
 * any more, or null. Rejects when a trial fails or the signal aborts: what had finished is kept.
 */
export async function runBlocks(
  deps: TrialDeps,
  keeper: RecordKeeper,
  options: ComparisonOptions,
  time: TimePlan,
  run: RunTrial = runTrial,
): Promise<string | null> {
  const blocks: BlocksRun = { deps, keeper, options, time, run, reports: new Map(), position: 0, repeats: 0 };
  let record: ComparisonRecord | null = null;
  for (let block = 0; block < keeper.state.order.length; block += 1) {
    const ended = await runBlock(blocks, block);
    if (ended.reason !== null) return ended.reason;
    record = ended.record;
    options.onEvent({ type: 'estimates', estimates: runningEstimates(record.effects) });
    if (block + 1 === deps.plan.until?.firstBlocks) planRemainingBlocks(keeper, options, time, record);
  }
  for (const warning of collectorFindings(healthyReports(blocks))) keeper.warn(warning);
  const missed = record && missedGoal(keeper.state.plan, record.effects, keeper.state.warnings);
  if (missed) keeper.warn(missed);
  options.onEvent({ type: 'progress', elapsedSeconds: time.elapsedSeconds(), remainingSeconds: 0, fraction: 1 });
  return null;
}

/** What arrived in an outage says nothing about the app's telemetry: a full queue is what that variant is to show. */
function healthyReports({ deps, reports }: BlocksRun): VariantReports[] {
  const healthy = deps.plan.variants.filter(isHealthy);
  return healthy.map(({ name }) => {
    const effective = deps.effective?.get(name);
    return {
      variant: name,
      reports: reports.get(name) ?? [],
      ...(effective && { queueLimit: queueLimitOf(effective) }),
    };
  });
}

/**
 * A third of the blocks, and 2 of however few: a machine that is never quiet must not make a run endless. None where there are too few
 * blocks for a verdict, which a repetition would not help to.
 */
export function mostRepeats(blocks: number): number {
  return blocks < fewestBlocks ? 0 : Math.max(2, Math.floor(blocks / 3));
}

type BlockEnd =
  | { readonly reason: string }
  | { readonly reason: null; readonly record: ComparisonRecord; readonly isDisturbed: boolean };

/**
 * One block, and once more when it was disturbed and repetitions are left. The repetition is the same block again (same work, same hash seed, same
 * order): the order was drawn so that the blocks that count are balanced, and drawing another would take that away.
 */
async function runBlock(blocks: BlocksRun, block: number): Promise<BlockEnd> {
  const first = await runAttempt(blocks, { block, attempt: 0 });
  if (first.reason !== null || !first.isDisturbed) return first;
  if (blocks.repeats >= mostRepeats(blocks.keeper.state.order.length)) return first;
  blocks.repeats += 1;
  return runAttempt(blocks, { block, attempt: 1 });
}

async function runAttempt(blocks: BlocksRun, attempt: Attempt): Promise<BlockEnd> {
  const { deps, keeper, options, time, reports } = blocks;
  const { order } = keeper.state;
  const trials = order[attempt.block] ?? [];
  const later = order.slice(attempt.block + 1).flat();
  let isDisturbed = false;
  let record: ComparisonRecord | null = null;
  for (const [index, planned] of trials.entries()) {
    options.signal.throwIfAborted();
    const left = [...trials.slice(index), ...later];
    const startedSeconds = time.elapsedSeconds();
    const finished = await withProgress(time, left, options, async () => runOne(blocks, attempt, planned, left.length));
    blocks.position += 1;
    reports.set(planned.variant, [...(reports.get(planned.variant) ?? []), finished.report]);
    time.trialTook(planned, time.elapsedSeconds() - startedSeconds);
    if (finished.kind === 'scenario') keeper.update({ trials: [...keeper.state.trials, finished.trial] });
    else keeper.update({ capacity: [...keeper.state.capacity, finished.trial] });
    await bookLate(deps, keeper);
    record = await keeper.save();
    isDisturbed ||= finished.trial.disturbed === true;
    const { ok, reason, advice } = finished.trial.verification;
    if (ok === false && !deps.plan.isForced)
      return { reason: `${planned.variant}: ${reason ?? 'telemetry was not as expected'}. ${advice ?? ''}`.trim() };
  }
  if (!record) throw new Error('A block holds a trial of every variant');
  return { reason: null, record, isDisturbed };
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
  { deps, keeper, options, position, run }: BlocksRun,
  { block, attempt }: Attempt,
  planned: PlannedTrial,
  left: number,
): Promise<FinishedTrial> {
  const variant = deps.plan.variants.find(({ name }) => name === planned.variant);
  if (!variant) throw new Error(`The plan has no variant ${planned.variant}`);
  const trial: TrialRef = {
    position,
    of: position + left,
    block,
    blocks: keeper.state.plan.blocks,
    ...(attempt === 0 ? {} : { attempt }),
    variant: planned.variant,
    kind: planned.kind,
  };
  return run(
    deps,
    {
      trial,
      variant,
      hashSeed: randomStream(deps.plan.seed, block, 'PYTHONHASHSEED').integer(1, 4_294_967_295),
      seriesFile: keeper.folder.trialFile(position, planned.variant, 'ndjson'),
      logFile: keeper.folder.trialFile(position, planned.variant, 'log'),
      exitWait: exitWaitOf(variant, planned.kind, keeper.state.trials),
      onEvent: options.onEvent,
    },
    options.signal,
  );
}

/** Says each second how much of the whole plan is left while `work` runs. */
async function withProgress<T>(
  time: TimePlan,
  left: readonly PlannedTrial[],
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
