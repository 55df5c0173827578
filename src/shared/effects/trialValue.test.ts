import { describe, expect, test } from 'vitest';
import { syntheticCapacityTrial, syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import { createLatencyHistogram, encodeLatency, recordLatencyMs } from '../latencyHistogram';
import { metricNamed, metrics } from '../metrics';
import type { Trial } from '../record';
import { scopedTrialValue, trialValue } from './trialValue';

const value = (name: string, trial: Trial): number | null => trialValue(metricNamed(name), trial);

function latencyOf(latenciesMs: readonly number[]): string {
  const histogram = createLatencyHistogram();
  for (const latencyMs of latenciesMs) recordLatencyMs(histogram, latencyMs);
  return encodeLatency(histogram);
}

const trial = syntheticTrial({
  requests: 200,
  requestsSent: 250,
  failures: 3,
  durationSeconds: 20,
  cpuSeconds: { user: 0.9, system: 0.1 },
  rssBytes: { mean: 84_000_000, peak: 90_000_000 },
  rssSlopeBytesPerRequest: 500,
  contextSwitches: 2600,
  instructions: 3_200_000_000,
  diskWriteBytes: 819_200,
  collectorBytes: 10_000,
  endpoints: {
    'GET /': { requests: 200, failures: 3, failureReasons: { 'HTTP 500': 3 }, bytesIn: 60_000, bytesOut: 30_000 },
  },
  latency: { 'GET /': latencyOf([1, 2]), 'POST /': latencyOf([9]) },
  verification: {
    ...syntheticTrial().verification,
    expected: 250,
    missing: 4,
    dropped: 2,
    bytes: 71_250,
    eventsByType: { 'flask.request': 240, 'db.query': 60, checkout: 999 },
  },
});

describe("a trial's value", () => {
  test.each([
    ['cpu_ms_per_request', 5],
    ['latency_mean_ms', 4],
    ['latency_max_ms', 9],
    ['throughput_rps', 10],
    ['error_rate', 0.015],
    ['rss_mean_mb', 84],
    ['rss_peak_mb', 90],
    ['rss_slope_mb_per_1000_requests', 0.5],
    ['million_instructions_per_request', 16],
    ['context_switches_per_request', 13],
    ['disk_write_bytes_per_request', 4096],
    ['network_bytes_per_request', 500],
    ['event_bytes_per_request', 285],
    // 1.2 events per request, 10 requests per second.
    ['events_per_day', 1_036_800],
    ['events_dropped', 4],
  ])('of %s is in the unit of the registry', (name, expected) => {
    expect(value(name, trial)).toBeCloseTo(expected, 1);
  });

  test('of events counts instrumented ones alone, over all requests sent', () => {
    expect(value('events_per_request', trial)).toBe(300 / 250);
  });

  test('is there for every metric of the registry that one load shows', () => {
    for (const metric of metrics.filter(({ source }) => source !== 'both')) {
      const from = metric.source === 'capacity' ? syntheticCapacityTrial() : syntheticTrial();
      expect(trialValue(metric, from), metric.name).not.toBeNull();
    }
  });

  test('belongs to its own kind of trial', () => {
    expect(trialValue(metricNamed('capacity_rps'), syntheticTrial())).toBeNull();
    expect(trialValue(metricNamed('rss_mean_mb'), syntheticCapacityTrial())).toBeNull();
  });

  test('is null where nothing was answered or nothing can be measured', () => {
    const empty = syntheticTrial({ requests: 0, requestsSent: 0, latency: {}, pssBytes: null, contextSwitches: null });
    for (const name of [
      'cpu_ms_per_request',
      'error_rate',
      'events_per_request',
      'latency_mean_ms',
      'latency_p95_ms',
      'pss_mean_mb',
      'context_switches_per_request',
    ]) {
      expect(value(name, empty), name).toBeNull();
    }
    const unverified = { ...trial.verification, expected: null };
    expect(value('events_dropped', { ...trial, verification: unverified })).toBeNull();
  });

  test('is null where instructions were not counted', () => {
    const { instructions, ...uncounted } = syntheticTrial();
    expect(instructions).toBeGreaterThan(0);
    expect(value('million_instructions_per_request', uncounted)).toBeNull();
    expect(
      trialValue(metricNamed('capacity_million_instructions_per_request'), {
        ...syntheticCapacityTrial({ requests: 500 }),
        instructions: 1e9,
      }),
    ).toBe(2);
  });

  test("of a companion's CPU is over the app's requests", () => {
    const celery = { ...trial, cpuSeconds: { user: 0.3, system: 0.1 } };
    const scope = { kind: 'companion', name: 'celery' } as const;
    expect(scopedTrialValue(metricNamed('cpu_ms_per_request'), { ...trial, companions: { celery } }, scope)).toBe(2);
    expect(scopedTrialValue(metricNamed('cpu_ms_per_request'), { ...trial, companions: {} }, scope)).toBeNull();
    const switching = { ...trial, contextSwitches: 100, diskWriteBytes: 4000, processRestarts: 2 };
    for (const [name, expected] of [
      ['context_switches_per_request', 0.5],
      ['disk_write_bytes_per_request', 20],
      ['worker_restarts', 2],
    ] as const) {
      const companions = { celery: switching };
      expect(scopedTrialValue(metricNamed(name), { ...trial, companions }, scope), name).toBe(expected);
    }
  });

  test('of an endpoint is its own', () => {
    const scope = { kind: 'endpoint', name: 'POST /' } as const;
    expect(scopedTrialValue(metricNamed('latency_mean_ms'), trial, scope)).toBeCloseTo(9, 1);
    expect(scopedTrialValue(metricNamed('error_rate'), trial, { kind: 'endpoint', name: 'GET /' })).toBe(0.015);
    expect(scopedTrialValue(metricNamed('latency_mean_ms'), trial, { kind: 'endpoint', name: 'PUT /' })).toBeNull();
  });
});
