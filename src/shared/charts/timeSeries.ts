import type { Sample } from '../events';
import { bytesPerMegabyte } from '../effects/trialValue';
import type { Metric } from '../metrics';
import type { TrialSeries } from '../series';

/** What a time chart shows of a second; null leaves a gap. */
export interface TimeMeasure {
  readonly label: string;
  readonly unit: Metric['unit'];
  readonly value: (second: Sample) => number | null;
}

/** What is drawn over the seconds of a trial. */
export const timeMeasures: readonly TimeMeasure[] = [
  { label: 'Throughput', unit: '1/s', value: (second) => second.requests },
  { label: 'Latency p50', unit: 'ms', value: (second) => second.latencyP50Ms },
  { label: 'Latency p95', unit: 'ms', value: (second) => second.latencyP95Ms },
  { label: 'CPU', unit: 'cores', value: (second) => second.cpuCores },
  {
    label: 'Memory (RSS)',
    unit: 'MB',
    value: ({ rssBytes }) => (rssBytes === null ? null : rssBytes / bytesPerMegabyte),
  },
  { label: 'Threads', unit: 'count', value: (second) => second.threads },
];

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One variant over the time of a trial: each block, and the median over the blocks second by second. */
export interface VariantTimeline {
  readonly variant: string;
  readonly blocks: readonly (readonly Point[])[];
  readonly median: readonly Point[];
}

/** The scenario trials of one variant on one time axis: seconds since the load started, warm-up and window alone. */
export function variantTimeline(
  series: readonly TrialSeries[],
  variant: string,
  measure: TimeMeasure,
): VariantTimeline {
  const trials = series.filter((trial) => trial.variant === variant && trial.kind === 'scenario');
  const blocks = trials.map((trial) => points(trial, measure)).filter((line) => line.length > 0);
  const bySecond = new Map<number, number[]>();
  for (const point of blocks.flat()) {
    const second = Math.round(point.x);
    const values = bySecond.get(second) ?? [];
    values.push(point.y);
    bySecond.set(second, values);
  }
  // A second that only a few trials reached (the last, cut one) would make the line jump.
  const median = [...bySecond]
    .filter(([, values]) => values.length * 2 > blocks.length)
    .sort(([a], [b]) => a - b)
    .map(([x, values]) => ({ x, y: medianOf(values) }));
  return { variant, blocks, median };
}

/** Where the measured window starts, in seconds since the load started: the median over trials; null without any. */
export function windowStartSeconds(series: readonly TrialSeries[]): number | null {
  const starts = series
    .filter((trial) => trial.kind === 'scenario')
    .map((trial) => trial.seconds.find((second) => second.phase === 'measuring')?.atSeconds)
    .filter((start) => start !== undefined);
  return starts.length === 0 ? null : medianOf(starts);
}

function points(trial: TrialSeries, measure: TimeMeasure): Point[] {
  return trial.seconds.flatMap((second) => {
    if (second.phase !== 'warming' && second.phase !== 'measuring') return [];
    const y = measure.value(second);
    return y === null ? [] : [{ x: second.atSeconds, y }];
  });
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
