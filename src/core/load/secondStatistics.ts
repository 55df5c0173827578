import type { LoadSecond } from './loadJob';

/** What ended since the last look, for the picture of one second. */
export interface SecondStatistics {
  /** `latencyMs` is null for a failure. */
  add(latencyMs: number | null): void;
  /** Yields what came since the last call and starts anew. Percentiles are nearest-rank, of the successes. */
  take(atSeconds: number, isMeasured: boolean, users: number): LoadSecond;
}

export function createSecondStatistics(): SecondStatistics {
  let latenciesMs: number[] = [];
  let failures = 0;
  return {
    add: (latencyMs) => {
      if (latencyMs === null) failures += 1;
      else latenciesMs.push(latencyMs);
    },
    take: (atSeconds, isMeasured, users) => {
      const sorted = Float64Array.from(latenciesMs).sort();
      const second: LoadSecond = {
        atSeconds,
        isMeasured,
        users,
        requests: sorted.length + failures,
        failures,
        latencyMeanMs:
          sorted.length === 0 ? null : sorted.reduce((sum, latencyMs) => sum + latencyMs, 0) / sorted.length,
        latencyP50Ms: nearestRank(sorted, 50),
        latencyP95Ms: nearestRank(sorted, 95),
        latencyP99Ms: nearestRank(sorted, 99),
      };
      latenciesMs = [];
      failures = 0;
      return second;
    },
  };
}

function nearestRank(sorted: Float64Array, percentile: number): number | null {
  return sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] ?? null;
}
