import type { ComparisonRecord } from '../../shared/record';
import type { TrialSeries } from '../../shared/series';
import { csvFile, sixDecimals } from './csvCell';
import { percentileColumns } from './csvReport';

const header = [
  'Timestamp',
  'User Count',
  'Type',
  'Name',
  'Requests/s',
  'Failures/s',
  ...percentileColumns,
  'Total Request Count',
  'Total Failure Count',
  'Total Median Response Time',
  'Total Average Response Time',
  'Total Min Response Time',
  'Total Max Response Time',
  'Total Average Content Size',
  'Variant',
  'Block',
  'Trial',
];

/**
 * Locust's `stats_history.csv`: a line per second of every trial, in the order they ran, `Aggregated` only. Locust's
 * columns come first; `Variant`, `Block` (from 1) and `Trial` (`scenario` or `capacity`) are added as the **last**
 * ones. `Timestamp` is Unix seconds from the trial's start. What a second's line does not know (percentiles other
 * than 50, 95 and 99, minimum, maximum, content size) is `N/A`, as in Locust's own file. `Total …` counts start
 * again with each trial; the total response times are means of the seconds so far, weighted by their requests.
 */
export function statsHistoryCsv(record: ComparisonRecord, series: readonly TrialSeries[]): string {
  const startedAt = new Map([...record.trials, ...record.capacity].map((trial) => [trial.position, trial.startedAt]));
  const inOrder = [...series].sort((a, b) => a.position - b.position);
  const rows = inOrder.flatMap((trial) => trialRows(trial, startedAt.get(trial.position) ?? record.createdAt));
  return csvFile([header, ...rows]);
}

function trialRows(trial: TrialSeries, startedAt: string): (string | number)[][] {
  const startSeconds = Date.parse(startedAt) / 1000;
  let requests = 0;
  let failures = 0;
  let medianSum = 0;
  let meanSum = 0;
  let weight = 0;
  return trial.seconds.map((second) => {
    requests += second.requests;
    failures += second.failures;
    if (second.latencyMeanMs !== null && second.latencyP50Ms !== null) {
      weight += second.requests;
      medianSum += second.latencyP50Ms * second.requests;
      meanSum += second.latencyMeanMs * second.requests;
    }
    return [
      Math.round(startSeconds + second.atSeconds),
      second.users,
      '',
      'Aggregated',
      second.requests,
      second.failures,
      ...percentileColumns.map((column) => percentileOf(second, column)),
      requests,
      failures,
      weight === 0 ? 'N/A' : sixDecimals(medianSum / weight),
      weight === 0 ? 'N/A' : sixDecimals(meanSum / weight),
      'N/A',
      'N/A',
      'N/A',
      trial.variant,
      trial.block + 1,
      trial.kind,
    ];
  });
}

function percentileOf(second: TrialSeries['seconds'][number], column: string): number | string {
  const known: Readonly<Record<string, number | null>> = {
    '50%': second.latencyP50Ms,
    '95%': second.latencyP95Ms,
    '99%': second.latencyP99Ms,
  };
  return known[column] ?? 'N/A';
}
