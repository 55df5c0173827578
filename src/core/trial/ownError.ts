import type { CapacityTrial } from '../../shared/record';
import { mean } from '../../shared/statistics/mean';
import { sampleSd } from '../../shared/statistics/sampleSd';

/** What a second of a closed loop tells. */
export interface LoopSecond {
  readonly requests: number;
  /** Null: out of reach. */
  readonly cpuCores: number | null;
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
  const root = Math.sqrt(seconds.length);
  const rps = sampleSd(counts) / (rate * root);
  const known = seconds.flatMap(({ cpuCores, requests }) => (cpuCores === null ? [] : [{ cpuCores, requests }]));
  if (known.length < seconds.length) return { rps, cpuPerRequest: null };
  const cores = mean(known.map(({ cpuCores }) => cpuCores));
  if (cores <= 0) return undefined;
  const ratio = cores / rate;
  const residuals = known.map(({ cpuCores, requests }) => cpuCores - ratio * requests);
  return { rps, cpuPerRequest: sampleSd(residuals) / (cores * root) };
}
