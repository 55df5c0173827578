import { countedTrials } from '../effects/blockAttempts';
import {
  decodeLatency,
  latencyMeanMs,
  latencyPercentileMs,
  type LatencyHistogram,
  mergeLatency,
} from '../latencyHistogram';
import type { CapacityTrial, ComparisonRecord, Trial } from '../record';
import type { Point } from './timeSeries';

/** The percentages at which the distribution is drawn: dense in the tail, where the slow requests are. */
const grid: readonly number[] = [
  ...Array.from({ length: 100 }, (_, index) => index),
  ...Array.from({ length: 9 }, (_, index) => 99 + (index + 1) / 10),
  99.95,
  99.99,
  100,
];

/** Latencies of one variant under the scenario, all blocks (of a repeated one the attempt that counts) merged; of one endpoint, or of all when it is null. Failed requests are not in it. */
export function pooledLatency(record: ComparisonRecord, variant: string, endpoint: string | null): LatencyHistogram {
  return mergeLatency(encodedLatencies(countedTrials(record).trials, variant, endpoint).map(decodeLatency));
}

/** The ECDF: x = latency in ms, y = percent of requests answered within it. Empty without requests. */
export function ecdf(histogram: LatencyHistogram): readonly Point[] {
  const points: Point[] = [];
  for (const percentile of grid) {
    const x = latencyPercentileMs(histogram, percentile);
    if (x !== null) points.push({ x, y: percentile });
  }
  return points;
}

export interface LatencySummary {
  readonly requests: number;
  readonly meanMs: number | null;
  readonly percentilesMs: readonly {
    readonly percentile: number;
    readonly ms: number | null;
    /** Fewer than ten requests lie beyond it. */ readonly isThin: boolean;
  }[];
}

export const shownPercentiles = [50, 75, 90, 95, 99, 99.9] as const;

export function latencySummary(histogram: LatencyHistogram): LatencySummary {
  return {
    requests: histogram.totalCount,
    meanMs: latencyMeanMs(histogram),
    percentilesMs: [...shownPercentiles, 100].map((percentile) => ({
      percentile,
      ms: latencyPercentileMs(histogram, percentile),
      isThin: percentile < 100 && histogram.totalCount * (1 - percentile / 100) < 10,
    })),
  };
}

function encodedLatencies(
  trials: readonly (Trial | CapacityTrial)[],
  variant: string,
  endpoint: string | null,
): string[] {
  return trials
    .filter((trial) => trial.variant === variant)
    .flatMap((trial) => {
      if (endpoint === null) return Object.values(trial.latency);
      const encoded = trial.latency[endpoint];
      return encoded === undefined ? [] : [encoded];
    });
}
