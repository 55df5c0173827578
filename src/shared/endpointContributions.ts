import { createLatencyHistogram, decodeLatency, latencyMeanMs, latencyPercentileMs } from './latencyHistogram';
import { countedTrials } from './effects/blockAttempts';
import type { ComparisonRecord, Effect, Trial } from './record';

/** One endpoint of one variant, all scenario trials together. */
export interface EndpointFigures {
  /** Answered, failures included. */
  readonly requests: number;
  readonly failures: number;
  /** Latencies of the successful requests; null without any. */
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** One endpoint of a candidate against the baseline. */
export interface EndpointContribution {
  readonly name: string;
  readonly baseline: EndpointFigures;
  readonly candidate: EndpointFigures;
  /** Of all requests of both variants. */
  readonly share: number;
  /** share × change of the mean latency: what the endpoint adds to the mean of all requests, in ms; null without a mean. */
  readonly contributionMs: number | null;
  /** The effect on the endpoint's mean latency, where the record has one. */
  readonly effect: Effect | null;
}

type Trials = Pick<ComparisonRecord, 'trials' | 'capacity' | 'effects'>;

/**
 * The endpoints of the scenario, those first that add or save most. Means are of the pooled requests, not of blocks; of a repeated block
 * the attempt that counts.
 */
export function endpointContributions(
  record: Trials,
  baseline: string,
  candidate: string,
): readonly EndpointContribution[] {
  const { trials } = countedTrials(record);
  const rows = endpointNames(record).map((name) => ({
    name,
    baseline: endpointFigures(trials, baseline, name),
    candidate: endpointFigures(trials, candidate, name),
  }));
  const all = rows.reduce((sum, row) => sum + row.baseline.requests + row.candidate.requests, 0);
  return rows
    .map((row) => {
      const share = all === 0 ? 0 : (row.baseline.requests + row.candidate.requests) / all;
      const before = row.baseline.meanMs;
      const after = row.candidate.meanMs;
      const contributionMs = before === null || after === null ? null : share * (after - before);
      return { ...row, share, contributionMs, effect: latencyEffect(record.effects, candidate, row.name) };
    })
    .sort((a, b) => Math.abs(b.contributionMs ?? 0) - Math.abs(a.contributionMs ?? 0));
}

/** The endpoints that any scenario trial has a count or a latency of, in the record's order. */
export function endpointNames(record: Pick<ComparisonRecord, 'trials'>): readonly string[] {
  return [
    ...new Set(record.trials.flatMap((trial) => [...Object.keys(trial.endpoints), ...Object.keys(trial.latency)])),
  ];
}

function endpointFigures(all: readonly Trial[], variant: string, endpoint: string): EndpointFigures {
  const trials = all.filter((trial) => trial.variant === variant);
  const latency = createLatencyHistogram();
  let requests = 0;
  let failures = 0;
  for (const trial of trials) {
    const encoded = trial.latency[endpoint];
    if (encoded !== undefined) latency.add(decodeLatency(encoded));
    requests += trial.endpoints[endpoint]?.requests ?? 0;
    failures += trial.endpoints[endpoint]?.failures ?? 0;
  }
  return {
    requests,
    failures,
    meanMs: latencyMeanMs(latency),
    p50Ms: latencyPercentileMs(latency, 50),
    p95Ms: latencyPercentileMs(latency, 95),
  };
}

function latencyEffect(effects: readonly Effect[], candidate: string, endpoint: string): Effect | null {
  const found = effects.find(
    (effect) =>
      effect.metric === 'latency_mean_ms' &&
      effect.scope.kind === 'endpoint' &&
      effect.scope.name === endpoint &&
      effect.candidate === candidate,
  );
  return found ?? null;
}
