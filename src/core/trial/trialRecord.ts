import { availableParallelism } from 'node:os';
import type { TrialRef } from '../../shared/events';
import type { CapacityPlan } from '../../shared/plan';
import type { CapacityTrial, Trial, Verification } from '../../shared/record';
import { coefficientOfVariation } from '../../shared/statistics/coefficientOfVariation';
import { leastSquaresSlope } from '../../shared/statistics/leastSquaresSlope';
import { totalCpuSeconds } from '../../shared/totalCpuSeconds';
import { bottleneck } from './bottleneck';
import type { Closed, LiveTarget } from './liveTarget';
import type { MeasuredLoad } from './measureLoad';
import { ownError } from './ownError';

/** All that one trial left behind, before it becomes a line of the record. */
export interface TrialParts {
  readonly ref: TrialRef;
  readonly startedAt: string;
  readonly target: LiveTarget;
  readonly measured: MeasuredLoad;
  readonly closed: Closed;
  /** Messages that waited in each queue when the load had ended; null: there was no queue to look into. */
  readonly backlog: Readonly<Record<string, number>> | null;
  readonly verification: Verification;
  readonly collectorBytes: number;
  /** Others took the CPU. */
  readonly disturbed: boolean;
  readonly seriesFile: string;
  readonly logFile: string;
}

export function toScenarioTrial(parts: TrialParts): Trial {
  const { measured, target } = parts;
  const { load } = measured;
  return {
    ...head(parts),
    readyProbeMs: target.readyProbeMs,
    durationSeconds: load.durationSeconds,
    requests: load.requests,
    failures: load.failures,
    requestsSent: load.requestIds.sent,
    ...measured.usage,
    companions: { ...measured.companions },
    collectorBytes: parts.collectorBytes,
    latency: { ...load.latency },
    endpoints: { ...load.endpoints },
    throughputCv: coefficientOfVariation(measured.samples.map(({ requests }) => requests)) ?? 0,
    latencyCv: coefficientOfVariation(measured.samples.flatMap(({ latencyMeanMs }) => latencyMeanMs ?? [])) ?? 0,
    rssSlopeBytesPerRequest: rssSlope(parts),
    ...(parts.backlog === null ? {} : { backlog: { ...parts.backlog } }),
    ...(parts.closed.rowsAdded === null ? {} : { rowsAdded: { ...parts.closed.rowsAdded } }),
    generator: {
      cpuSeconds: load.cpuSeconds,
      loopDelayP99Ms: load.loopDelayP99Ms,
      intendedRate: load.intendedRate,
      achievedRate: load.achievedRate,
      lateByGeneratorRate: load.lateByGeneratorRate,
      reconnects: load.reconnects,
      retries: load.retries,
      ...(load.workers === undefined ? {} : { workers: load.workers, workersLeft: load.workersLeft ?? 0 }),
    },
  };
}

export function toCapacityTrial(
  parts: TrialParts,
  { connections, requests }: Pick<CapacityPlan, 'connections' | 'requests'>,
): CapacityTrial {
  const { load, usage, samples } = parts.measured;
  const error = ownError(samples, requests.length);
  const seconds = Math.max(0.001, load.durationSeconds);
  const cpuSeconds = totalCpuSeconds(usage);
  return {
    ...head(parts),
    connections,
    durationSeconds: load.durationSeconds,
    requests: load.requests,
    failures: load.failures,
    rps: load.requests / seconds,
    cpuSeconds: usage.cpuSeconds,
    ...(usage.instructions === undefined ? {} : { instructions: usage.instructions }),
    latency: { ...load.latency },
    generator: { cpuSeconds: load.cpuSeconds },
    ...(error === undefined ? {} : { ownError: error }),
    bottleneck: bottleneck({
      targetCores: cpuSeconds === null ? null : cpuSeconds / seconds,
      busiestProcessCores: parts.measured.busiestProcessCores,
      generatorCores: load.cpuSeconds / seconds,
      machineCores: availableParallelism(),
    }),
  };
}

function head(parts: TrialParts) {
  const { ref, measured, target, closed } = parts;
  return {
    variant: ref.variant,
    block: ref.block,
    position: ref.position,
    ...(ref.attempt === undefined ? {} : { attempt: ref.attempt }),
    startedAt: parts.startedAt,
    startupMs: target.startupMs,
    shutdownMs: closed.shutdownMs,
    exit: closed.exit,
    verification: parts.verification,
    machine: {
      speedProbeMs: measured.speed?.medianMs ?? null,
      speedProbeMeanMs: measured.speed?.meanMs ?? null,
      ...measured.machine,
    },
    cpuClock: measured.cpuClock,
    disturbed: parts.disturbed,
    series: `trials/${parts.seriesFile}`,
    log: `trials/${parts.logFile}`,
  };
}

/** Bytes of resident memory per request served, by least squares over the window's seconds; null: out of reach. */
function rssSlope({ measured }: TrialParts): number | null {
  let served = 0;
  const points = measured.samples.flatMap(({ requests, rssBytes }) => {
    served += requests;
    return rssBytes === null ? [] : [{ x: served, y: rssBytes }];
  });
  return measured.usage.rssBytes === null ? null : (leastSquaresSlope(points) ?? 0);
}
