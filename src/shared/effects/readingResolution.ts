import type { Metric } from '../metrics';
import type { CapacityTrial, Trial } from '../record';
import { mean } from '../statistics/mean';

/** A tick of the kernel's process clock, and of what other platforms print. */
const clockTickMs = 10;

const cpuMetrics: ReadonlySet<string> = new Set(['cpu_ms_per_request', 'capacity_cpu_ms_per_request']);
const rateMetrics: ReadonlySet<string> = new Set(['throughput_rps', 'capacity_rps']);

/**
 * The finest step in which a metric of these trials could be read, in its unit: the registry's, and at least one request in a
 * window for what counts requests per second, one tick spread over the requests of a trial for CPU read off a clock of 10-ms ticks.
 */
export function readingResolution(metric: Metric, trials: readonly (Trial | CapacityTrial)[]): number {
  return Math.max(metric.resolution, ...stepsOf(metric, trials));
}

function stepsOf(metric: Metric, trials: readonly (Trial | CapacityTrial)[]): readonly number[] {
  if (rateMetrics.has(metric.name)) {
    return trials
      .filter(({ durationSeconds }) => durationSeconds > 0)
      .map(({ durationSeconds }) => 1 / durationSeconds);
  }
  const ticking = cpuMetrics.has(metric.name)
    ? trials.filter((trial) => trial.cpuClock !== 'posix' && trial.requests > 0)
    : [];
  return ticking.length === 0 ? [] : [clockTickMs / mean(ticking.map((trial) => trial.requests))];
}
