import { bodyExcerpt } from './bodyExcerpt';
import {
  createLatencyHistogram,
  encodeLatency,
  recordLatencyMs,
  type LatencyHistogram,
} from '../../shared/latencyHistogram';
import type { EndpointCounts } from '../../shared/record';
import type { LoadResult, LoadSecond } from './loadJob';
import { createSecondStatistics } from './secondStatistics';

/** One request as it ended. Times are `performance.now()`. */
export interface EndedRequest {
  readonly requestNumber: number;
  /** False when no complete answer came. */
  readonly isAnswered: boolean;
  readonly endpoint: string;
  /** The scheduled start where there is a schedule, else the sending. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly failure: string | null;
  readonly body: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** What the recorder knows of a load; the process's own figures come from elsewhere. */
export type RecordedLoad = Omit<LoadResult, 'cpuSeconds' | 'loopDelayP99Ms'>;

/** The book of one load. Counts are by completion inside the window, latencies by start inside it, successes only. */
export interface LoadRecorder {
  /** The number of the next request: its place in the order of sending. */
  requestSent(): number;
  requestEnded(request: EndedRequest): void;
  /** A request was due at `dueAtMs`, and the generator got to it at `noticedAtMs`: the intended rate, and what it is late with itself. */
  requestDue(dueAtMs: number, noticedAtMs: number): void;
  /** That request left at `sentAtMs`: the achieved rate. */
  requestLeft(dueAtMs: number, sentAtMs: number): void;
  reconnected(): void;
  retried(): void;
  openWindow(atMs: number): void;
  closeWindow(atMs: number): void;
  /** The statistics since the last call. */
  takeSecond(atSeconds: number, isMeasured: boolean, users: number): LoadSecond;
  result(): RecordedLoad;
}

interface Endpoint {
  requests: number;
  failures: number;
  readonly failureReasons: Map<string, number>;
  bytesIn: number;
  bytesOut: number;
  readonly latency: LatencyHistogram;
}

/** A request that leaves later than this after its time counts as intended, not as achieved. */
const onTimeMs = 20;
const sampleCount = 10;
const sampleCharacters = 300;

export function createLoadRecorder(): LoadRecorder {
  const endpoints = new Map<string, Endpoint>();
  const inFlight = new Set<number>();
  const unanswered: number[] = [];
  const failureSamples: LoadResult['failureSamples'][number][] = [];
  const second = createSecondStatistics();
  const totals = { sent: 0, due: 0, onTime: 0, lateByGenerator: 0, reconnects: 0, retries: 0 };
  let windowStartMs = Infinity;
  let windowEndMs = Infinity;
  const isInWindow = (atMs: number): boolean => atMs >= windowStartMs && atMs < windowEndMs;
  const isOpen = (): boolean => windowStartMs !== Infinity && windowEndMs === Infinity;

  const endpointOf = (name: string): Endpoint => {
    const known = endpoints.get(name);
    if (known !== undefined) return known;
    const added = {
      requests: 0,
      failures: 0,
      failureReasons: new Map(),
      bytesIn: 0,
      bytesOut: 0,
      latency: createLatencyHistogram(),
    };
    endpoints.set(name, added);
    return added;
  };
  const countEnded = (request: EndedRequest): void => {
    const endpoint = endpointOf(request.endpoint);
    endpoint.requests += 1;
    endpoint.bytesIn += request.bytesIn;
    endpoint.bytesOut += request.bytesOut;
    if (request.failure === null) return;
    endpoint.failures += 1;
    endpoint.failureReasons.set(request.failure, (endpoint.failureReasons.get(request.failure) ?? 0) + 1);
  };

  return {
    requestSent: () => {
      const number = totals.sent;
      totals.sent += 1;
      inFlight.add(number);
      return number;
    },
    requestEnded: (request) => {
      const { requestNumber, endpoint, failure } = request;
      inFlight.delete(requestNumber);
      if (!request.isAnswered) unanswered.push(requestNumber);
      const latencyMs = request.endedAtMs - request.startedAtMs;
      second.add(failure === null ? latencyMs : null);
      if (failure !== null && failureSamples.length < sampleCount) {
        failureSamples.push({ endpoint, reason: failure, body: bodyExcerpt(request.body, sampleCharacters) });
      }
      if (isInWindow(request.endedAtMs)) countEnded(request);
      if (failure === null && isInWindow(request.startedAtMs)) recordLatencyMs(endpointOf(endpoint).latency, latencyMs);
    },
    requestDue: (dueAtMs, noticedAtMs) => {
      if (!isInWindow(dueAtMs)) return;
      totals.due += 1;
      if (noticedAtMs - dueAtMs > onTimeMs) totals.lateByGenerator += 1;
    },
    requestLeft: (dueAtMs, sentAtMs) => {
      if (isInWindow(dueAtMs) && sentAtMs - dueAtMs <= onTimeMs) totals.onTime += 1;
    },
    reconnected: () => {
      if (isOpen()) totals.reconnects += 1;
    },
    retried: () => {
      if (isOpen()) totals.retries += 1;
    },
    openWindow: (atMs) => {
      windowStartMs = atMs;
    },
    closeWindow: (atMs) => {
      windowEndMs = atMs;
    },
    takeSecond: (atSeconds, isMeasured, users) => second.take(atSeconds, isMeasured, users),
    result: () => {
      const durationSeconds = windowStartMs === Infinity ? 0 : (windowEndMs - windowStartMs) / 1000;
      const rate = (count: number): number => (durationSeconds > 0 ? count / durationSeconds : 0);
      return {
        ...summarise(endpoints),
        durationSeconds,
        requestIds: { sent: totals.sent, unanswered: [...unanswered, ...inFlight].sort((a, b) => a - b) },
        intendedRate: rate(totals.due),
        achievedRate: rate(totals.onTime),
        lateByGeneratorRate: rate(totals.lateByGenerator),
        reconnects: totals.reconnects,
        retries: totals.retries,
        failureSamples,
      };
    },
  };
}

function summarise(
  endpoints: ReadonlyMap<string, Endpoint>,
): Pick<LoadResult, 'requests' | 'failures' | 'endpoints' | 'latency' | 'bytesIn' | 'bytesOut'> {
  const counts: Record<string, EndpointCounts> = {};
  const latency: Record<string, string> = {};
  const total = { requests: 0, failures: 0, bytesIn: 0, bytesOut: 0 };
  for (const [name, endpoint] of endpoints) {
    const { requests, failures, bytesIn, bytesOut } = endpoint;
    counts[name] = {
      requests,
      failures,
      failureReasons: Object.fromEntries(endpoint.failureReasons),
      bytesIn,
      bytesOut,
    };
    if (endpoint.latency.totalCount > 0) latency[name] = encodeLatency(endpoint.latency);
    total.requests += requests;
    total.failures += failures;
    total.bytesIn += bytesIn;
    total.bytesOut += bytesOut;
  }
  return { ...total, endpoints: counts, latency };
}
