import { decodeLatency, mergeLatency, type LatencyHistogram } from '../latencyHistogram';
import type { CapacityTrial, Trial } from '../record';

/** Decoded histograms of trials. Decoding is the dear part of all effects, so each is decoded once per reader. */
export interface LatencyReader {
  /** All endpoints merged. */
  total(trial: Trial | CapacityTrial): LatencyHistogram;
  /** Null when the trial has none of that endpoint. */
  endpoint(trial: Trial | CapacityTrial, endpoint: string): LatencyHistogram | null;
}

/** A reader whose cache lives as long as itself. */
export function createLatencyReader(): LatencyReader {
  const endpoints = new Map<string, LatencyHistogram>();
  const totals = new Map<Trial | CapacityTrial, LatencyHistogram>();
  const decoded = (encoded: string): LatencyHistogram => {
    const known = endpoints.get(encoded) ?? decodeLatency(encoded);
    endpoints.set(encoded, known);
    return known;
  };
  return {
    total: (trial) => {
      const merged = totals.get(trial) ?? mergeLatency(Object.values(trial.latency).map(decoded));
      totals.set(trial, merged);
      return merged;
    },
    endpoint: (trial, endpoint) => {
      const encoded = trial.latency[endpoint];
      return encoded === undefined ? null : decoded(encoded);
    },
  };
}
