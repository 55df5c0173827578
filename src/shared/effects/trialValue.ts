import { latencyMeanMs, latencyPercentileMs } from '../latencyHistogram';
import type { Metric } from '../metrics';
import type { CapacityTrial, Effect, Trial, Usage } from '../record';
import { totalCpuSeconds } from '../totalCpuSeconds';
import { instrumentedEventTypes } from './instrumentedEventTypes';
import { createLatencyReader, type LatencyReader } from './latencyReader';

/** Megabytes are decimal everywhere: 1 MB = 1,000,000 bytes. */
export const bytesPerMegabyte = 1e6;
const secondsPerDay = 86_400;

type Value = number | null;

/** What one trial says about a metric of the whole target, in the metric's unit; null: nothing, or no finite number. */
export function trialValue(
  metric: Metric,
  trial: Trial | CapacityTrial,
  latency: LatencyReader = createLatencyReader(),
): Value {
  return finite(isCapacityTrial(trial) ? capacityValue(metric, trial) : scenarioValue(metric, trial, latency));
}

/** The same for one endpoint or companion of a scenario trial; null for what is not measured there. */
export function scopedTrialValue(
  metric: Metric,
  trial: Trial,
  scope: Effect['scope'],
  latency: LatencyReader = createLatencyReader(),
): Value {
  const { kind, name = '' } = scope;
  if (kind === 'total') return trialValue(metric, trial, latency);
  return finite(
    kind === 'endpoint' ? endpointValue(metric, trial, name, latency) : companionValue(metric, trial, name),
  );
}

/**
 * Instrumented events of a trial per request: over all requests that were *sent*, warm-up included, because the collector
 * counts the whole trial and cannot tell which request of the window a query belongs to.
 */
export function eventsPerRequest(trial: Pick<Trial, 'requestsSent' | 'verification'>): Value {
  const instrumented = Object.entries(trial.verification.eventsByType).filter(([type]) =>
    instrumentedEventTypes.has(type),
  );
  return per(
    instrumented.reduce((sum, [, count]) => sum + count, 0),
    trial.requestsSent,
  );
}

const scenarioValues: Readonly<Record<string, (trial: Trial) => Value>> = {
  ...Object.fromEntries(
    Object.entries(perRequestValues()).map(([name, value]) => [name, (trial: Trial) => value(trial, trial.requests)]),
  ),
  throughput_rps: (trial) => per(trial.requests, trial.durationSeconds),
  error_rate: (trial) => per(trial.failures, trial.requests),
  ...usageValues(),
  rss_slope_mb_per_1000_requests: ({ rssSlopeBytesPerRequest: slope }) =>
    slope === null ? null : (slope * 1000) / bytesPerMegabyte,
  network_bytes_per_request: (trial) => per(networkBytes(trial), trial.requests),
  events_per_request: eventsPerRequest,
  events_per_day: (trial) => {
    const perRequest = eventsPerRequest(trial);
    const perSecond = per(trial.requests, trial.durationSeconds);
    return perRequest === null || perSecond === null ? null : perRequest * perSecond * secondsPerDay;
  },
  event_bytes_per_request: (trial) => per(trial.verification.bytes, trial.requestsSent),
  // They overlap: an event that the app says it dropped is one that never arrived, but it need not be a request's.
  events_dropped: ({ verification }) =>
    verification.expected === null ? null : Math.max(verification.missing, verification.dropped),
  startup_ms: (trial) => trial.startupMs,
  shutdown_ms: (trial) => (trial.exit.forcedReason === undefined ? trial.shutdownMs : null),
  ready_probe_ms: (trial) => trial.readyProbeMs,
  throughput_cv: (trial) => trial.throughputCv,
  latency_cv: (trial) => trial.latencyCv,
  system_cpu_cores: (trial) => trial.machine.cpuCores,
  system_memory_mb: (trial) => trial.machine.memoryBytes / bytesPerMegabyte,
  steal_cores: (trial) => trial.machine.stealCores,
  system_network_bytes_per_second: (trial) => trial.machine.networkBytesPerSecond ?? null,
};

function scenarioValue(metric: Metric, trial: Trial, latency: LatencyReader): Value {
  if (metric.percentile !== null) return latencyPercentileMs(latency.total(trial), metric.percentile);
  if (metric.name === 'latency_mean_ms') return latencyMeanMs(latency.total(trial));
  if (metric.name === 'latency_max_ms') return latencyPercentileMs(latency.total(trial), 100);
  return metric.source === 'scenario' ? knownValue(scenarioValues, metric)(trial) : null;
}

const capacityValues: Readonly<Record<string, (trial: CapacityTrial) => Value>> = {
  capacity_rps: (trial) => trial.rps,
  capacity_cpu_ms_per_request: (trial) => cpuMsPerRequest(trial, trial.requests),
  capacity_million_instructions_per_request: (trial) => millionsPerRequest(trial, trial.requests),
};

function capacityValue(metric: Metric, trial: CapacityTrial): Value {
  return metric.source === 'capacity' ? knownValue(capacityValues, metric)(trial) : null;
}

function endpointValue(metric: Metric, trial: Trial, endpoint: string, latency: LatencyReader): Value {
  const counts = trial.endpoints[endpoint];
  if (metric.name === 'error_rate') return counts ? per(counts.failures, counts.requests) : null;
  const histogram = latency.endpoint(trial, endpoint);
  if (!histogram) return null;
  if (metric.percentile !== null) return latencyPercentileMs(histogram, metric.percentile);
  return metric.name === 'latency_mean_ms' ? latencyMeanMs(histogram) : null;
}

/** What a companion did is divided by the app's requests: what it costs to serve them is the question. */
function companionValue(metric: Metric, trial: Trial, companion: string): Value {
  const usage = trial.companions[companion];
  if (!usage) return null;
  const ofTree = usageValues()[metric.name];
  return ofTree ? ofTree(usage) : (perRequestValues()[metric.name]?.(usage, trial.requests) ?? null);
}

/** What a process tree did, over the requests of the app. */
function perRequestValues(): Readonly<Record<string, (usage: Usage, requests: number) => Value>> {
  return {
    cpu_ms_per_request: (usage, requests) => cpuMsPerRequest(usage, requests),
    million_instructions_per_request: (usage, requests) => millionsPerRequest(usage, requests),
    context_switches_per_request: (usage, requests) => per(usage.contextSwitches, requests),
    disk_write_bytes_per_request: (usage, requests) => per(usage.diskWriteBytes, requests),
  };
}

/** What is read off a process tree in the same way for the target and its companions. */
function usageValues(): Readonly<Record<string, (usage: Usage) => Value>> {
  return {
    rss_mean_mb: ({ rssBytes }) => (rssBytes === null ? null : rssBytes.mean / bytesPerMegabyte),
    rss_peak_mb: ({ rssBytes }) => (rssBytes === null ? null : rssBytes.peak / bytesPerMegabyte),
    pss_mean_mb: (usage) => (usage.pssBytes === null ? null : usage.pssBytes / bytesPerMegabyte),
    threads: (usage) => usage.threads,
    fds: (usage) => usage.fds,
    worker_restarts: (usage) => usage.processRestarts,
  };
}

function knownValue<T>(values: Readonly<Record<string, (trial: T) => Value>>, metric: Metric): (trial: T) => Value {
  const value = values[metric.name];
  if (!value) throw new Error(`No trial value is defined for ${metric.name}`);
  return value;
}

function cpuMsPerRequest(usage: Pick<Usage, 'cpuSeconds'>, requests: number): Value {
  const seconds = totalCpuSeconds(usage);
  return seconds === null ? null : per(1000 * seconds, requests);
}

function millionsPerRequest({ instructions }: Pick<Usage, 'instructions'>, requests: number): Value {
  return instructions === undefined ? null : per(instructions / 1e6, requests);
}

/** As the load generator and the collector saw them: /proc does not count what goes through sockets. */
function networkBytes(trial: Trial): number {
  return Object.values(trial.endpoints).reduce(
    (sum, { bytesIn, bytesOut }) => sum + bytesIn + bytesOut,
    trial.collectorBytes,
  );
}

function per(amount: number | null, requests: number): Value {
  return amount === null || requests <= 0 ? null : amount / requests;
}

function finite(value: Value): Value {
  return value !== null && Number.isFinite(value) ? value : null;
}

function isCapacityTrial(trial: Trial | CapacityTrial): trial is CapacityTrial {
  return 'connections' in trial;
}
