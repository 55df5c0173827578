import autocannon from 'autocannon';
import { createCapacityRequests, type CapacityRequest } from './capacityRequests';
import { hardenClient, type HardenedClient, type OutgoingRequest } from './hardenClient';
import type { LoadDriver } from './loadDriver';
import type { CapacityJob } from './loadJob';
import type { LoadRecorder } from './loadRecorder';

interface Sent {
  readonly requestNumber: number;
  readonly request: CapacityRequest['request'];
  readonly bytesOut: number;
}

/** Nobody has answered, and every connection has failed this often in a row: the target is not there. */
const hopelessFailures = 5;

/**
 * The closed loop: autocannon 9 keeps each connection busy with one request after the other. One run of it from the warm-up to the end, with
 * our window over it: two runs would close all connections in between and measure an app that has to accept them anew. Latencies
 * are the float ms of the `response` event (autocannon's own summary is in whole ms), booked by our recorder.
 */
export function createCapacityLoad(job: CapacityJob, recorder: LoadRecorder): LoadDriver {
  const requestAt = createCapacityRequests(job);
  requestAt(0);
  const clients: HardenedClient[] = [];
  const gaveUp = new AbortController();
  let run: autocannon.Instance | null = null;
  let finished: Promise<void> = Promise.resolve();
  let hasAnswered = false;
  let failedAnswer: Failed | null = null;

  const nextRequest = (): OutgoingRequest<Sent> => {
    const requestNumber = recorder.requestSent();
    const { request, bytes } = requestAt(requestNumber);
    const nowMs = performance.now();
    recorder.requestDue(nowMs, nowMs);
    recorder.requestLeft(nowMs, nowMs);
    return { tag: { requestNumber, request, bytesOut: bytes.length }, bytes, isHead: request.method === 'HEAD' };
  };
  const book = (
    sent: Sent,
    end: { isAnswered: boolean; latencyMs: number; bytesIn: number; failure: string | null; body: string },
  ): void => {
    const endedAtMs = performance.now();
    recorder.requestEnded({
      requestNumber: sent.requestNumber,
      isAnswered: end.isAnswered,
      endpoint: sent.request.name,
      startedAtMs: endedAtMs - end.latencyMs,
      endedAtMs,
      failure: end.failure,
      body: end.body,
      bytesIn: end.bytesIn,
      bytesOut: sent.bytesOut,
    });
  };
  const setupClient = (client: autocannon.Client): void => {
    const hardened = hardenClient<Sent>(client, {
      timeoutMs: job.timeoutSeconds * 1000,
      nextRequest,
      onAnswer: (sent, { status, bytesIn, latencyMs }) => {
        hasAnswered = true;
        const answer = { isAnswered: true, latencyMs, bytesIn, body: '' };
        // The body of a failed answer comes a moment later, through verifyBody.
        if (sent.request.isExpected(status)) book(sent, { ...answer, failure: null });
        else failedAnswer = { sent, ...answer, failure: `HTTP ${status}` };
      },
      onFailure: (sent, failure) => {
        book(sent, { isAnswered: false, latencyMs: 0, bytesIn: 0, failure, body: '' });
        if (!hasAnswered && clients.every((each) => each.failuresInARow() >= hopelessFailures)) gaveUp.abort();
      },
      onReconnect: recorder.reconnected,
      onRetry: recorder.retried,
    });
    clients.push(hardened);
  };
  const verifyBody = (body: unknown): boolean => {
    if (failedAnswer !== null) {
      const { sent, ...end } = failedAnswer;
      failedAnswer = null;
      book(sent, { ...end, body: String(body) });
    }
    return true;
  };

  return {
    rampSeconds: 0,
    gaveUp: gaveUp.signal,
    start: () => {
      const options: autocannon.Options = {
        url: job.origin,
        connections: job.connections,
        // Ours is the clock: it ends by stop(), which waits for the next sample.
        duration: job.warmupSeconds + job.durationSeconds + job.timeoutSeconds + 3600,
        sampleInt: 100,
        setupClient,
        verifyBody,
      };
      finished = new Promise((resolve, reject) => {
        run = autocannon(options, (error: Error | null) => (error === null ? resolve() : reject(error)));
      });
      return Promise.resolve();
    },
    users: () => job.connections,
    drain: async () => {
      await Promise.all(clients.map((client) => client.drain()));
    },
    close: async () => {
      for (const client of clients) void client.drain();
      run?.stop();
      await finished;
    },
  };
}

interface Failed {
  readonly sent: Sent;
  readonly isAnswered: boolean;
  readonly latencyMs: number;
  readonly bytesIn: number;
  readonly failure: string;
}
