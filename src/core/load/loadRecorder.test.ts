import { describe, expect, test } from 'vitest';
import { decodeLatency } from '../../shared/latencyHistogram';
import { createLoadRecorder, type EndedRequest, type LoadRecorder } from './loadRecorder';

function end(recorder: LoadRecorder, startedAtMs: number, endedAtMs: number, change: Partial<EndedRequest> = {}): void {
  const requestNumber = recorder.requestSent();
  const failure = null;
  recorder.requestEnded({
    requestNumber,
    isAnswered: true,
    endpoint: 'home',
    startedAtMs,
    endedAtMs,
    failure,
    body: '',
    bytesIn: 10,
    bytesOut: 5,
    ...change,
  });
}

describe('recorder', () => {
  test('counts by completion and takes latencies by start, each inside the window', () => {
    const recorder = createLoadRecorder();
    end(recorder, 10, 90);
    recorder.openWindow(100);
    end(recorder, 95, 105);
    end(recorder, 110, 130);
    recorder.closeWindow(1100);
    end(recorder, 1090, 1110);
    const { requests, durationSeconds, bytesIn, latency, requestIds } = recorder.result();
    expect({ requests, durationSeconds, bytesIn }).toEqual({ requests: 2, durationSeconds: 1, bytesIn: 20 });
    const histogram = decodeLatency(latency['home'] ?? '');
    expect(histogram.totalCount).toBe(2);
    expect(Math.abs(histogram.mean / 20_000 - 1)).toBeLessThan(0.001);
    expect(requestIds).toEqual({ sent: 4, unanswered: [] });
  });

  test('keeps failures apart: counted by reason, without a latency, the first ten with their bodies', () => {
    const recorder = createLoadRecorder();
    recorder.openWindow(0);
    for (let index = 0; index < 12; index += 1) end(recorder, 1, 2, { failure: 'HTTP 500', body: 'x'.repeat(1000) });
    end(recorder, 1, 2, { failure: 'timed out', isAnswered: false });
    recorder.requestSent();
    recorder.closeWindow(1000);
    const result = recorder.result();
    expect(result.endpoints['home']).toMatchObject({
      requests: 13,
      failures: 13,
      failureReasons: { 'HTTP 500': 12, 'timed out': 1 },
    });
    expect([result.latency, result.failureSamples.length, result.failureSamples[0]?.body.length]).toEqual([
      {},
      10,
      300,
    ]);
    expect(result.requestIds).toEqual({ sent: 14, unanswered: [12, 13] });
  });

  test('a second has its own percentiles and starts anew', () => {
    const recorder = createLoadRecorder();
    for (let latencyMs = 1; latencyMs <= 100; latencyMs += 1) end(recorder, 0, latencyMs);
    end(recorder, 0, 5, { failure: 'HTTP 500' });
    expect(recorder.takeSecond(1, true, 3)).toEqual({
      ...{ atSeconds: 1, isMeasured: true, users: 3, requests: 101, failures: 1 },
      ...{ latencyMeanMs: 50.5, latencyP50Ms: 50, latencyP95Ms: 95, latencyP99Ms: 99 },
    });
    expect(recorder.takeSecond(2, true, 3)).toMatchObject({ requests: 0, latencyMeanMs: null, latencyP99Ms: null });
  });

  test('the achieved rate leaves out what left late or never; what the generator itself was late with is told apart', () => {
    const recorder = createLoadRecorder();
    recorder.openWindow(0);
    const leave = (noticedLateMs: number, leftLateMs: number): void => {
      recorder.requestDue(100, 100 + noticedLateMs);
      if (leftLateMs < Infinity) recorder.requestLeft(100, 100 + leftLateMs);
    };
    leave(0, 0);
    leave(1, 19);
    leave(1, 21);
    leave(2, Infinity);
    leave(25, 25);
    recorder.requestDue(-1, 50);
    recorder.closeWindow(2000);
    expect(recorder.result()).toMatchObject({ intendedRate: 2.5, achievedRate: 1, lateByGeneratorRate: 0.5 });
  });

  test('retries and reconnects outside the window are not its own', () => {
    const recorder = createLoadRecorder();
    recorder.retried();
    recorder.openWindow(0);
    recorder.retried();
    recorder.reconnected();
    recorder.closeWindow(1000);
    recorder.reconnected();
    expect(recorder.result()).toMatchObject({ retries: 1, reconnects: 1 });
  });

  test('a load that was stopped before its window has a result of zeros', () => {
    const recorder = createLoadRecorder();
    recorder.requestSent();
    expect(recorder.result()).toMatchObject({
      durationSeconds: 0,
      requests: 0,
      intendedRate: 0,
      requestIds: { sent: 1, unanswered: [0] },
    });
  });
});
