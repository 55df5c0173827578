import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';

/** One hour: a longer request is recorded as this. */
const highestMicroseconds = 3_600_000_000;

/** Latencies in whole microseconds, three significant digits (0.1 %), merged exactly. */
export type LatencyHistogram = Histogram;

export function createLatencyHistogram(): LatencyHistogram {
  return build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestMicroseconds,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  });
}

/** Records one latency in milliseconds (fractions kept to the microsecond). */
export function recordLatencyMs(histogram: LatencyHistogram, latencyMs: number): void {
  histogram.recordValue(Math.min(highestMicroseconds, Math.max(1, Math.round(latencyMs * 1000))));
}

/** HDR V2 compressed base64, the format of the HdrHistogram family. */
export function encodeLatency(histogram: LatencyHistogram): string {
  return encodeIntoCompressedBase64(histogram);
}

/** The histogram of an encoded one. Throws on text that is none. */
export function decodeLatency(encoded: string): LatencyHistogram {
  return decodeFromCompressedBase64(encoded, 32, false);
}

/** The exact sum of histograms, as a new one. */
export function mergeLatency(histograms: Iterable<LatencyHistogram>): LatencyHistogram {
  const merged = createLatencyHistogram();
  for (const histogram of histograms) merged.add(histogram);
  return merged;
}

/** Latency in ms below which `percentile` % of the requests lie; null when there are none. */
export function latencyPercentileMs(histogram: LatencyHistogram, percentile: number): number | null {
  return histogram.totalCount === 0 ? null : histogram.getValueAtPercentile(percentile) / 1000;
}

/** Mean latency in ms; null when there are none. */
export function latencyMeanMs(histogram: LatencyHistogram): number | null {
  return histogram.totalCount === 0 ? null : histogram.mean / 1000;
}
