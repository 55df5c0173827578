import { describe, expect, test } from 'vitest';
import { decodeLatency, latencyMeanMs, latencyPercentileMs } from '../../shared/latencyHistogram';
import { locustResult, locustSecond } from './locustResult';
import type { MasterDone, WorkerResult } from './masterWords';

const worker = (over: Partial<WorkerResult> = {}): WorkerResult => ({
  index: 0,
  step: 2,
  sent: 3,
  unanswered: [],
  endpoints: { home: { requests: 3, failures: {}, bytesIn: 12, latency: { 2000: 2, 4000: 1 } } },
  samples: [],
  delays: { 100: 99, 9000: 1 },
  cpuSeconds: 0.5,
  ...over,
});
const done = (over: Partial<MasterDone> = {}): MasterDone => ({
  type: 'done',
  durationSeconds: 5,
  results: [worker(), worker({ index: 1 })],
  lost: [],
  workers: 2,
  ...over,
});

describe('what the workers of a trial did', () => {
  test('is one load: counts and CPU added, latencies merged, the worst delay kept', () => {
    const failing = { requests: 4, failures: { 'HTTP 500': 1 }, bytesIn: 8, latency: { 8000: 3 } };
    const slow = worker({ index: 1, sent: 4, endpoints: { home: failing }, delays: { 50_000: 10 } });
    const load = locustResult(done({ results: [worker(), slow] }), null);
    expect(load).toMatchObject({
      requests: 7,
      failures: 1,
      endpoints: { home: { requests: 7, failures: 1, failureReasons: { 'HTTP 500': 1 }, bytesIn: 20 } },
      cpuSeconds: 1,
      loopDelayP99Ms: 50,
      achievedRate: 1.4,
      intendedRate: 1.4,
      workers: 2,
      workersLeft: 0,
    });
    const latency = decodeLatency(load.latency['home'] ?? '');
    expect(latency.totalCount).toBe(6);
    expect(latencyMeanMs(latency)).toBeCloseTo(32 / 6, 1);
    expect(latencyPercentileMs(latency, 50)).toBeCloseTo(4, 1);
  });

  test('of a rate is held against it', () => {
    expect(locustResult(done(), 2)).toMatchObject({ intendedRate: 2, achievedRate: 1.2 });
  });

  test('bears numbers that lie between each other; those that nobody used are not expected to be answered', () => {
    const few = worker({ index: 1, sent: 1, unanswered: [1] });
    const { requestIds } = locustResult(done({ results: [worker({ sent: 4, unanswered: [2] }), few] }), null);
    // 0, 2, 4, 6 by the first, 1 by the second.
    expect(requestIds).toEqual({ sent: 7, unanswered: [1, 2, 3, 5] });
  });

  test('expects no answer to anything of a worker that was lost', () => {
    const load = locustResult(done({ results: [worker({ sent: 3 })], lost: [1] }), null);
    expect(load.requestIds).toEqual({ sent: 5, unanswered: [1, 3] });
    expect(load.workersLeft).toBe(1);
  });

  test('is nothing when it was stopped before it began', () => {
    expect(locustResult(done({ results: [], durationSeconds: 0, workers: 0 }), 10)).toMatchObject({
      requests: 0,
      achievedRate: 0,
      requestIds: { sent: 0, unanswered: [] },
      loopDelayP99Ms: 0,
    });
  });
});

test('a second has its mean and percentiles, and none without an answer', () => {
  const second = { type: 'second', atSeconds: 3, isMeasured: true, users: 4, requests: 4, failures: 1 } as const;
  const latency: [number, number][] = [
    [1000, 1],
    [2000, 1],
    [9000, 1],
  ];
  expect(locustSecond({ ...second, latency })).toMatchObject({
    requests: 4,
    failures: 1,
    latencyMeanMs: 4,
    latencyP50Ms: 2,
    latencyP95Ms: 9,
  });
  expect(locustSecond({ ...second, latency: [] })).toMatchObject({ latencyMeanMs: null, latencyP99Ms: null });
});
