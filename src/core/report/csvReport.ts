import { countedTrials } from '../../shared/effects/blockAttempts';
import {
  createLatencyHistogram,
  decodeLatency,
  latencyMeanMs,
  latencyPercentileMs,
  type LatencyHistogram,
} from '../../shared/latencyHistogram';
import type { ComparisonRecord, EndpointCounts, Trial } from '../../shared/record';
import { csvFile, sixDecimals } from './csvCell';

const percentiles = [50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100];
/** Locust's percentile columns, in its spelling. */
export const percentileColumns: readonly string[] = percentiles.map((percentile) => `${percentile}%`);

const header = [
  'Type',
  'Name',
  'Request Count',
  'Failure Count',
  'Median Response Time',
  'Average Response Time',
  'Min Response Time',
  'Max Response Time',
  'Average Content Size',
  'Requests/s',
  'Failures/s',
  ...percentileColumns,
  'Variant',
];

/** Requests of one endpoint of one variant, all blocks together. */
interface Row {
  readonly counts: Pick<EndpointCounts, 'requests' | 'failures' | 'bytesIn'>;
  readonly latency: LatencyHistogram;
}

/**
 * Locust's `stats.csv` of the scenario trials, all blocks (of a repeated one the attempt that counts) merged: a line per endpoint and an `Aggregated` one, a
 * section per variant. Locust's columns come first and in its order; `Variant` is added as the **last** column, so
 * that a script that reads Locust's file by place or by name reads this one too. Times in ms, of successful
 * requests; sizes in bytes; rates per second of measured time. Names like formulas are neutralised.
 */
export function statsCsv(record: ComparisonRecord): string {
  const counted = countedTrials(record).trials;
  const lines = record.variants.flatMap(({ name: variant }) => {
    const trials = counted.filter((trial) => trial.variant === variant);
    if (trials.length === 0) return [];
    const seconds = trials.reduce((sum, trial) => sum + trial.durationSeconds, 0);
    const rows = endpointRows(trials);
    return [
      ...[...rows].map(([name, row]) => line(splitName(name), row, seconds, variant)),
      line({ method: '', path: 'Aggregated' }, aggregated([...rows.values()]), seconds, variant),
    ];
  });
  return csvFile([header, ...lines]);
}

function endpointRows(trials: readonly Trial[]): Map<string, Row> {
  const names = new Set(trials.flatMap((trial) => [...Object.keys(trial.endpoints), ...Object.keys(trial.latency)]));
  return new Map([...names].map((name) => [name, aggregated(trials.map((trial) => trialRow(trial, name)))]));
}

function trialRow(trial: Trial, name: string): Row {
  const encoded = trial.latency[name];
  return {
    counts: trial.endpoints[name] ?? { requests: 0, failures: 0, bytesIn: 0 },
    latency: encoded === undefined ? createLatencyHistogram() : decodeLatency(encoded),
  };
}

function aggregated(rows: readonly Row[]): Row {
  const latency = createLatencyHistogram();
  const counts = { requests: 0, failures: 0, bytesIn: 0 };
  for (const row of rows) {
    latency.add(row.latency);
    counts.requests += row.counts.requests;
    counts.failures += row.counts.failures;
    counts.bytesIn += row.counts.bytesIn;
  }
  return { counts, latency };
}

function line(name: { method: string; path: string }, row: Row, seconds: number, variant: string): (string | number)[] {
  const { counts, latency } = row;
  const perSecond = (count: number): number => rounded(seconds > 0 ? count / seconds : 0);
  return [
    name.method,
    name.path,
    counts.requests,
    counts.failures,
    rounded(latencyPercentileMs(latency, 50)),
    rounded(latencyMeanMs(latency)),
    rounded(latency.totalCount === 0 ? null : latency.minNonZeroValue / 1000),
    rounded(latencyPercentileMs(latency, 100)),
    rounded(counts.requests === 0 ? 0 : counts.bytesIn / counts.requests),
    perSecond(counts.requests),
    perSecond(counts.failures),
    ...percentiles.map((percentile) => rounded(latencyPercentileMs(latency, percentile))),
    variant,
  ];
}

/** `GET /path` becomes Locust's Type and Name; another name has no type. */
function splitName(name: string): { method: string; path: string } {
  const match = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (.+)$/.exec(name);
  return { method: match?.[1] ?? '', path: match?.[2] ?? name };
}

/** None is 0, as Locust writes it when there was no request. */
function rounded(value: number | null): number {
  return value === null ? 0 : sixDecimals(value);
}
