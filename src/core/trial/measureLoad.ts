import type { Sample, TrialPhase } from '../../shared/events';
import type { Usage } from '../../shared/record';
import { mean } from '../../shared/statistics/mean';
import { totalCpuSeconds } from '../../shared/totalCpuSeconds';
import type { LoadJob, LoadResult } from '../load/loadJob';
import { runLoad, type LoadOptions } from '../load/runLoad';
import { busiestProcessCores } from '../sample/busiestProcess';
import type { QuotaCounters } from '../sample/controlGroup';
import type { SpeedReading } from '../sample/speedProbe';
import type { CpuClockKind } from '../sample/treeSampler';
import { unseenUsage, windowUsage } from '../sample/windowUsage';
import { isOwnAddress } from '../target/isOwnAddress';
import { commandOnCore } from '../target/pinning';
import { taskGroup } from '../taskGroup';
import type { LiveTarget } from './liveTarget';
import { createSamplers, ReadingLog, type WindowReadings } from './readingLog';
import { growthPerSecond } from './treeSecond';
import type { TrialDeps } from './trialDeps';

/** What one load did to the target, read at the very edges of its measured window. */
export interface MeasuredLoad {
  readonly load: LoadResult;
  readonly usage: Usage;
  /** Cores that the busiest process of the app used; null where they are not told apart. */
  readonly busiestProcessCores: number | null;
  readonly companions: Readonly<Record<string, Usage>>;
  readonly machine: {
    readonly cpuCores: number;
    readonly memoryBytes: number;
    readonly foreignCpuCores: number;
    readonly stealCores: number;
    readonly networkBytesPerSecond: number | null;
    readonly throttledPeriodShare?: number;
    readonly awakeCpuSeconds?: number;
  };
  /** Fixed work beside it; null: not measured. */
  readonly speed: SpeedReading | null;
  readonly cpuClock: CpuClockKind;
  /** Samples of the window alone. */
  readonly samples: readonly Sample[];
}

export interface MeasureOptions {
  readonly job: LoadJob;
  readonly target: LiveTarget;
  readonly onPhase: (phase: TrialPhase, seconds: number | null) => void;
  readonly onSample: (sample: Sample) => void;
}

/**
 * Runs a load against a live target and samples its process trees once a second.
 * Rejects when the target, the generator or the collector ends, and when the signal aborts (after the load has been stopped).
 */
export async function measureLoad(
  deps: TrialDeps,
  options: MeasureOptions,
  signal: AbortSignal,
): Promise<MeasuredLoad> {
  const samplers = createSamplers(deps, options.target);
  try {
    return await measureWith(new ReadingLog(samplers, deps), deps, options, signal);
  } finally {
    await samplers.close();
  }
}

async function measureWith(
  log: ReadingLog,
  deps: TrialDeps,
  options: MeasureOptions,
  signal: AbortSignal,
): Promise<MeasuredLoad> {
  await log.read(false);
  const finished = new AbortController();
  const [load] = await taskGroup(signal, [
    async (inner) => {
      try {
        return await driveLoad(deps, options, log, inner);
      } finally {
        finished.abort();
      }
    },
    async (inner) => options.target.watch(AbortSignal.any([inner, finished.signal])),
    async (inner) => Promise.race([deps.collector.failed, untilAborted(AbortSignal.any([inner, finished.signal]))]),
  ]);
  signal.throwIfAborted();
  return summarise(load, await log.window(), log.samples, deps, options.target);
}

async function driveLoad(
  deps: TrialDeps,
  options: MeasureOptions,
  log: ReadingLog,
  signal: AbortSignal,
): Promise<LoadResult> {
  let phase: TrialPhase = 'warming';
  const { job } = options;
  const loadOptions: LoadOptions = {
    signal,
    onReply: (reply) => {
      if (reply.type === 'warming') options.onPhase('warming', null);
      if (reply.type === 'window') {
        phase = reply.edge === 'start' ? 'measuring' : 'draining';
        options.onPhase(phase, reply.edge === 'start' ? job.durationSeconds : null);
        log.markEdge(reply.edge);
      }
      if (reply.type === 'second') log.second(reply.second, phase, options.onSample);
    },
  };
  if (job.kind === 'scenario' && deps.locust) return deps.locust.drive(job, loadOptions);
  const generator = { entry: deps.generatorEntry, environment: deps.toolEnvironment };
  const awake = job.kind === 'capacity' ? deps.awakeCore : null;
  if (awake === null) return runLoad(job, generator, loadOptions);
  const letSleep = awake.keep();
  try {
    return await runLoad(job, { ...generator, node: commandOnCore(awake.core, [process.execPath]) }, loadOptions);
  } finally {
    await letSleep();
  }
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

function summarise(
  load: LoadResult,
  window: WindowReadings,
  samples: readonly Sample[],
  deps: TrialDeps,
  target: LiveTarget,
): MeasuredLoad {
  const { start, end, all, speed } = window;
  const apps = all.flatMap(({ app }) => app ?? []);
  const usage = start.app && end.app ? windowUsage(start.app, end.app, apps) : unseenUsage;
  const companions = target.companions.flatMap(({ name }, index): [string, Usage][] => {
    const [from, to] = [start.companions[index], end.companions[index]];
    const between = all.flatMap((reading) => reading.companions[index] ?? []);
    return from && to ? [[name, windowUsage(from, to, between)]] : [];
  });
  const seconds = Math.max(0.001, (end.machine.atMs - start.machine.atMs) / 1000);
  const ours =
    [usage, ...companions.map(([, companion]) => companion)].reduce(
      (sum, each) => sum + (totalCpuSeconds(each) ?? 0),
      0,
    ) +
    (end.ownCpuSeconds - start.ownCpuSeconds) +
    load.cpuSeconds +
    (speed?.cpuSeconds ?? 0);
  const isUnseenHere = target.app === null && isOwnAddress(new URL(target.origin).hostname);
  const busySeconds = end.machine.busySeconds - start.machine.busySeconds;
  const awakeCpuSeconds = end.awakeCpuSeconds - start.awakeCpuSeconds;
  return {
    load,
    usage,
    busiestProcessCores: start.app && end.app && busiestProcessCores(start.app, end.app),
    companions: Object.fromEntries(companions),
    machine: {
      cpuCores: busySeconds / seconds,
      memoryBytes: all.length === 0 ? 0 : mean(all.map(({ machine }) => machine.memoryUsedBytes)),
      // An unseen app on this machine cannot be told apart from others: nobody is blamed.
      foreignCpuCores: isUnseenHere ? 0 : Math.max(0, busySeconds - ours) / seconds,
      stealCores: (end.machine.stealSeconds - start.machine.stealSeconds) / seconds,
      networkBytesPerSecond: growthPerSecond(start.machine.networkBytes, end.machine.networkBytes, seconds),
      ...throttling(start.machine.quota, end.machine.quota),
      ...(awakeCpuSeconds > 0 ? { awakeCpuSeconds } : {}),
    },
    speed,
    cpuClock: deps.cpuClock.kind,
    samples,
  };
}

/** Nothing without a quota. */
function throttling(
  from: QuotaCounters | null,
  to: QuotaCounters | null,
): Pick<MeasuredLoad['machine'], 'throttledPeriodShare'> {
  if (!from || !to) return {};
  const periods = to.periods - from.periods;
  return { throttledPeriodShare: periods > 0 ? (to.throttledPeriods - from.throttledPeriods) / periods : 0 };
}
