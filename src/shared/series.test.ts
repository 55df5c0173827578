import { describe, expect, test } from 'vitest';
import type { Sample } from './events';
import { packSeries, type TrialSeries, unpackSeries } from './series';

function second(atSeconds: number, more: Partial<Sample> = {}): Sample {
  return {
    atSeconds,
    phase: 'measuring',
    users: 3,
    requests: 25,
    failures: 0,
    latencyP50Ms: 4.5,
    latencyP95Ms: 9,
    latencyP99Ms: 12,
    latencyMeanMs: 5,
    cpuCores: 0.1,
    rssBytes: 80_000_000,
    threads: 7,
    fds: 20,
    systemCpuCores: 0.4,
    systemMemoryBytes: 1e9,
    companions: {},
    ...more,
  };
}

describe('packed series', () => {
  test('hold every second, phase, empty latency and companion', () => {
    const worker = { cpuCores: 0.01, rssBytes: 5e7, threads: 2, fds: 9 };
    const series: TrialSeries = {
      variant: 'with',
      block: 1,
      position: 3,
      kind: 'scenario',
      seconds: [
        second(0, { phase: 'warming', latencyP50Ms: null, companions: { celery: worker } }),
        second(1, { companions: { celery: worker } }),
      ],
    };
    expect(unpackSeries(packSeries(series))).toEqual(series);
  });

  test('round numbers to what a chart can show', () => {
    const packed = packSeries({
      variant: 'a',
      block: 0,
      position: 0,
      kind: 'capacity',
      seconds: [second(0, { cpuCores: 0.123456789 })],
    });
    expect(packed.columns.cpuCores).toEqual([0.12346]);
  });
});
