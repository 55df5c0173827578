import { describe, expect, test } from 'vitest';
import { syntheticCapacityTrial, syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import { metricNamed } from '../metrics';
import { readingResolution } from './readingResolution';

const trial = syntheticTrial({ latency: {} });

describe('the step in which a metric can be read', () => {
  test('is one request in the shortest window for rates, however short that is', () => {
    const throughput = metricNamed('throughput_rps');
    expect(readingResolution(throughput, [trial])).toBe(0.05);
    expect(readingResolution(throughput, [trial, { ...trial, durationSeconds: 5 }])).toBe(0.2);
    expect(readingResolution(throughput, [{ ...trial, durationSeconds: 60 }])).toBe(0.05);
    const loop = { ...syntheticCapacityTrial({ latency: {} }), durationSeconds: 5 };
    expect(readingResolution(metricNamed('capacity_rps'), [loop])).toBe(0.2);
  });

  test('is a tick spread over the requests for CPU that was read in ticks', () => {
    const cpu = metricNamed('cpu_ms_per_request');
    expect(readingResolution(cpu, [trial])).toBe(cpu.resolution);
    expect(readingResolution(cpu, [{ ...trial, cpuClock: 'ticks', requests: 100 }])).toBe(0.1);
  });

  test('is a page spread over the requests for what is written to disk', () => {
    const writes = metricNamed('disk_write_bytes_per_request');
    expect(readingResolution(writes, [{ ...trial, requests: 200 }])).toBe(20.48);
    expect(readingResolution(writes, [{ ...trial, requests: 0 }])).toBe(writes.resolution);
  });

  test("is the registry's own for all others", () => {
    expect(readingResolution(metricNamed('rss_mean_mb'), [trial])).toBe(0.1);
  });
});
