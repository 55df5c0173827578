import type { Metric } from '../metrics';
import type { CapacityTrial, Trial } from '../record';
import { mean } from '../statistics/mean';

/** A tick of the kernel's process clock, and of what other platforms print. */
const clockTickMs = 10;
/** Linux counts what is written to storage in whole pages, when they are first made dirty. */
const pageBytes = 4096;

const cpuMetrics: ReadonlySet<string> = new Set(['cpu_ms_per_request', 'capacity_cpu_ms_per_request']);
const rateMetrics: ReadonlySet<string> = new Set(['throughput_rps', 'capacity_rps']);

/**
 * The finest step in which a metric of these trials could be read, in its unit: the registry's, and at least one request in a
 * window for what counts requests per second, one tick spread over the requests of a trial for CPU read off a clock of 10-ms ticks, one page for
 * what is written to disk.
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
  const answered = trials.filter(({ requests }) => requests > 0);
  if (metric.name === 'disk_write_bytes_per_request') return oneOf(pageBytes, answered);
  if (!cpuMetrics.has(metric.name)) return [];
  return oneOf(
    clockTickMs,
    answered.filter(({ cpuClock }) => cpuClock !== 'posix'),
  );
}

/** One step of a whole trial, spread over its requests. */
function oneOf(step: number, trials: readonly (Trial | CapacityTrial)[]): readonly number[] {
  return trials.length === 0 ? [] : [step / mean(trials.map(({ requests }) => requests))];
}
