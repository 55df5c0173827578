import type { Metric } from '../metrics';
import type { CapacityTrial, Trial } from '../record';
import { mean } from '../statistics/mean';

/** A tick of the kernel's process clock, and of what other platforms print. */
const clockTickMs = 10;

/**
 * The finest step in which a metric of these trials could be read, in its unit: the registry's, and for CPU per request
 * read off a clock of 10-ms ticks one tick spread over the requests of a trial.
 */
export function readingResolution(metric: Metric, trials: readonly (Trial | CapacityTrial)[]): number {
  const isCpu = metric.name === 'cpu_ms_per_request' || metric.name === 'capacity_cpu_ms_per_request';
  const ticking = isCpu ? trials.filter((trial) => trial.cpuClock !== 'posix' && trial.requests > 0) : [];
  if (ticking.length === 0) return metric.resolution;
  return Math.max(metric.resolution, clockTickMs / mean(ticking.map((trial) => trial.requests)));
}
