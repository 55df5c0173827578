import { createLatencyHistogram, encodeLatency, type LatencyHistogram } from '../../shared/latencyHistogram';
import type { EndpointCounts } from '../../shared/record';
import type { LoadResult, LoadSecond } from '../load/loadJob';
import type { MasterDone, MasterWord, WorkerResult } from './masterWords';

/** What the workers of a trial did, as one load. `ratePerSecond`: the arrivals that were asked for; null: users who think in between. */
export function locustResult(done: MasterDone, ratePerSecond: number | null): LoadResult {
  const { results, durationSeconds, lost, workers } = done;
  const endpoints = mergeEndpoints(results);
  const counts = Object.values(endpoints.counts);
  const total = (of: (counts: EndpointCounts) => number): number => counts.reduce((sum, each) => sum + of(each), 0);
  const requests = total((each) => each.requests);
  const achievedRate = durationSeconds > 0 ? requests / durationSeconds : 0;
  return {
    durationSeconds,
    requests,
    failures: total((each) => each.failures),
    endpoints: endpoints.counts,
    latency: Object.fromEntries([...endpoints.latency].map(([name, histogram]) => [name, encodeLatency(histogram)])),
    requestIds: mergeIds(results, lost, workers),
    intendedRate: ratePerSecond ?? achievedRate,
    achievedRate,
    lateByGeneratorRate: 0,
    reconnects: 0,
    retries: 0,
    cpuSeconds: results.reduce((sum, each) => sum + each.cpuSeconds, 0),
    loopDelayP99Ms: delayP99Ms(results),
    bytesOut: 0,
    bytesIn: total((each) => each.bytesIn),
    failureSamples: results.flatMap(({ samples }) => samples).slice(0, 10),
    workers,
    workersLeft: lost.length,
  };
}

/** One second of the master as a second of load. */
export function locustSecond(word: MasterWord & { readonly type: 'second' }): LoadSecond {
  const { atSeconds, isMeasured, users, requests, failures, latency } = word;
  const answered = latency.reduce((sum, [, times]) => sum + times, 0);
  const spent = latency.reduce((sum, [microseconds, times]) => sum + microseconds * times, 0);
  return {
    atSeconds,
    isMeasured,
    users,
    requests,
    failures,
    latencyMeanMs: answered === 0 ? null : spent / answered / 1000,
    latencyP50Ms: quantileMs(latency, 0.5),
    latencyP95Ms: quantileMs(latency, 0.95),
    latencyP99Ms: quantileMs(latency, 0.99),
  };
}

/**
 * The numbers of all workers lie between each other; those that nobody used count as unanswered, which they are. Of a worker that was lost nobody
 * knows what it sent: none of its numbers is expected to have been answered.
 */
function mergeIds(results: readonly WorkerResult[], lost: readonly number[], step: number): LoadResult['requestIds'] {
  const sent = Math.max(
    0,
    ...results.map((each) => (each.sent === 0 ? 0 : each.index + (each.sent - 1) * each.step + 1)),
  );
  const unanswered = results.flatMap((each) => [
    ...each.unanswered,
    ...everyNumber(each.index + each.sent * each.step, each.step, sent),
  ]);
  const unknown = lost.flatMap((index) => everyNumber(index, step, sent));
  return { sent, unanswered: [...unanswered, ...unknown].sort((a, b) => a - b) };
}

function everyNumber(from: number, step: number, end: number): number[] {
  const numbers: number[] = [];
  for (let number = from; number < end; number += Math.max(1, step)) numbers.push(number);
  return numbers;
}

function mergeEndpoints(results: readonly WorkerResult[]): {
  readonly counts: Record<string, EndpointCounts>;
  readonly latency: ReadonlyMap<string, LatencyHistogram>;
} {
  const counts = new Map<string, { requests: number; failureReasons: Map<string, number>; bytesIn: number }>();
  const latency = new Map<string, LatencyHistogram>();
  for (const [name, each] of results.flatMap(({ endpoints }) => Object.entries(endpoints))) {
    const known = counts.get(name) ?? { requests: 0, failureReasons: new Map<string, number>(), bytesIn: 0 };
    counts.set(name, known);
    known.requests += each.requests;
    known.bytesIn += each.bytesIn;
    for (const [reason, times] of Object.entries(each.failures))
      known.failureReasons.set(reason, (known.failureReasons.get(reason) ?? 0) + times);
    const histogram = latency.get(name) ?? createLatencyHistogram();
    latency.set(name, histogram);
    for (const [microseconds, times] of Object.entries(each.latency))
      histogram.recordValueWithCount(Math.max(1, Number(microseconds)), times);
  }
  return {
    latency,
    counts: Object.fromEntries(
      [...counts].map(([name, { requests, failureReasons, bytesIn }]) => [
        name,
        {
          requests,
          failures: [...failureReasons.values()].reduce((sum, times) => sum + times, 0),
          failureReasons: Object.fromEntries(failureReasons),
          bytesIn,
          bytesOut: 0,
        },
      ]),
    ),
  };
}

/** Of the worst worker: it alone may be the one that cannot keep up. */
function delayP99Ms(results: readonly WorkerResult[]): number {
  const worst = results.map(({ delays }) => {
    const sorted = Object.entries(delays)
      .map(([microseconds, times]): [number, number] => [Number(microseconds), times])
      .sort(([a], [b]) => a - b);
    return quantileMs(sorted, 0.99) ?? 0;
  });
  return Math.max(0, ...worst);
}

/** The smallest value that the share of all does not exceed, in ms; null without any. */
function quantileMs(sorted: readonly (readonly [number, number])[], share: number): number | null {
  const all = sorted.reduce((sum, [, times]) => sum + times, 0);
  let seen = 0;
  for (const [microseconds, times] of sorted) {
    seen += times;
    if (seen >= share * all) return microseconds / 1000;
  }
  return null;
}
