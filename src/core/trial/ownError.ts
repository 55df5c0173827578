import type { CapacityTrial } from '../../shared/record';
import { mean } from '../../shared/statistics/mean';
import { sampleSd } from '../../shared/statistics/sampleSd';

/** What a second of a closed loop tells. */
export interface LoopSecond {
  readonly requests: number;
  readonly cpuCores: number;
}

/** With fewer, two seconds differ by what was asked for in them, and not by chance alone. */
const fewestRounds = 10;
const fewestSeconds = 3;

/**
 * The relative standard errors of a closed loop's rate and CPU per request, from its seconds: sd/(mean·√n) of the counts, and of the ratio the
 * residuals' (the ratio estimator of Cochran 1977, Sampling Techniques, §6.4). `requestsPerRound`: so many different requests are cycled through.
 * Undefined for too few seconds, or rounds in a second.
 */
export function ownError(seconds: readonly LoopSecond[], requestsPerRound: number): CapacityTrial['ownError'] {
  const counts = seconds.map(({ requests }) => requests);
  const rate = counts.length === 0 ? 0 : mean(counts);
  if (seconds.length < fewestSeconds || rate < fewestRounds * Math.max(1, requestsPerRound)) return undefined;
  const cores = mean(seconds.map(({ cpuCores }) => cpuCores));
  if (cores <= 0) return undefined;
  const ratio = cores / rate;
  const residuals = seconds.map(({ cpuCores, requests }) => cpuCores - ratio * requests);
  const root = Math.sqrt(seconds.length);
  return { rps: sampleSd(counts) / (rate * root), cpuPerRequest: sampleSd(residuals) / (cores * root) };
}
