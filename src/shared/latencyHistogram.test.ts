import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createLatencyHistogram,
  decodeLatency,
  encodeLatency,
  latencyMeanMs,
  latencyPercentileMs,
  mergeLatency,
  recordLatencyMs,
  type LatencyHistogram,
} from './latencyHistogram';

const samples = fc.array(fc.double({ min: 0.05, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 200 });

function histogramOf(latenciesMs: readonly number[]): LatencyHistogram {
  const histogram = createLatencyHistogram();
  for (const latencyMs of latenciesMs) recordLatencyMs(histogram, latencyMs);
  return histogram;
}

describe('latency histogram', () => {
  test('the merged histogram is the histogram of the merged samples', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        expect(encodeLatency(mergeLatency([histogramOf(a), histogramOf(b)]))).toBe(
          encodeLatency(histogramOf([...a, ...b])),
        );
      }),
      { numRuns: 50 },
    );
  });

  test('percentiles lie within 0.1 % (or 1 µs) of those of the sorted samples', () => {
    fc.assert(
      fc.property(samples, fc.constantFrom(50, 75, 90, 95, 99), (latenciesMs, percentile) => {
        const sorted = [...latenciesMs].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1)] as number;
        const found = latencyPercentileMs(histogramOf(latenciesMs), percentile) as number;
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.001 + 0.001);
      }),
      { numRuns: 200 },
    );
  });

  test('an encoded histogram decodes to itself', () => {
    const histogram = histogramOf([0.4, 12, 950.5]);
    expect(encodeLatency(decodeLatency(encodeLatency(histogram)))).toBe(encodeLatency(histogram));
    expect(latencyMeanMs(decodeLatency(encodeLatency(histogram)))).toBeCloseTo(320.97, 0);
  });

  test('an empty histogram has neither mean nor percentile', () => {
    expect(latencyMeanMs(createLatencyHistogram())).toBeNull();
    expect(latencyPercentileMs(createLatencyHistogram(), 95)).toBeNull();
  });
});
