import {
  createLatencyHistogram,
  decodeLatency,
  latencyMeanMs,
  latencyPercentileMs,
} from '../../shared/latencyHistogram';
import type { ComparisonRecord, Effect, Estimate, Trial } from '../../shared/record';
import type { TreeSecond } from '../../shared/events';
import type { TrialSeries } from '../../shared/series';
import { csvFile, sixDecimals } from './csvCell';

type Cell = string | number;

/** What tells one trial from another, in every tidy file. */
const trialColumns = ['variant', 'trial', 'block', 'attempt', 'position'];

/**
 * A row per second and process of every trial, in the order they ran; units stand in the names. `process` is `app` or a companion; the load's
 * and the machine's columns are filled in the app's row alone. `block` and `attempt` count from 1, `position` from 0. Empty: not known.
 */
export function secondsCsv(record: ComparisonRecord, series: readonly TrialSeries[]): string {
  const attempts = attemptsOf(record);
  const header = [
    ...trialColumns,
    ...['process', 'at_seconds', 'phase', 'users', 'requests', 'failures'],
    ...['latency_mean_ms', 'latency_p50_ms', 'latency_p95_ms', 'latency_p99_ms'],
    ...['cpu_cores', 'rss_bytes', 'pss_bytes', 'threads', 'fds'],
    ...['context_switches_per_second', 'disk_write_bytes_per_second', 'instructions_per_second'],
    ...['system_cpu_cores', 'system_memory_bytes', 'system_steal_cores', 'system_network_bytes_per_second'],
  ];
  const rows = [...series]
    .sort((a, b) => a.position - b.position)
    .flatMap((trial) => {
      const head = [trial.variant, trial.kind, trial.block + 1, attempts.get(trial.position) ?? 1, trial.position];
      return trial.seconds.flatMap((second): Cell[][] => [
        [
          ...head,
          ...['app', second.atSeconds, second.phase, second.users, second.requests, second.failures],
          ...[second.latencyMeanMs, second.latencyP50Ms, second.latencyP95Ms, second.latencyP99Ms].map(orEmpty),
          ...treeCells(second),
          ...[second.systemCpuCores, second.systemMemoryBytes].map(orEmpty),
          ...[second.systemStealCores, second.systemNetworkBytesPerSecond].map(orEmpty),
        ],
        ...Object.entries(second.companions).map(([name, tree]): Cell[] => [
          ...head,
          ...[name, second.atSeconds, second.phase, '', '', ''],
          ...['', '', '', ''],
          ...treeCells(tree),
          ...['', '', '', ''],
        ]),
      ]);
    });
  return csvFile([header, ...rows]);
}

/** A row per endpoint of every scenario trial: counts, bytes, and the latencies of its successful requests. Units stand in the names. */
export function endpointsCsv(record: ComparisonRecord): string {
  const header = [
    ...trialColumns,
    ...['endpoint', 'duration_seconds', 'requests', 'failures', 'bytes_in', 'bytes_out'],
    ...['latency_mean_ms', 'latency_p50_ms', 'latency_p90_ms', 'latency_p95_ms', 'latency_p99_ms', 'latency_max_ms'],
  ];
  const rows = [...record.trials].sort((a, b) => a.position - b.position).flatMap(endpointRows);
  return csvFile([header, ...rows]);
}

/** A row per effect of the record: what was compared, both means, difference and ratio with the interval that the verdict comes from. */
export function effectsCsv(record: ComparisonRecord): string {
  const header = [
    ...['metric', 'unit', 'scope', 'scope_name', 'family', 'baseline', 'candidate', 'blocks'],
    ...['baseline_mean', 'candidate_mean', 'difference', 'difference_low', 'difference_high'],
    ...['ratio', 'ratio_low', 'ratio_high', 'level', 'smallest_effect', 'verdict', 'note'],
  ];
  return csvFile([header, ...record.effects.map(effectRow)]);
}

function effectRow(effect: Effect): Cell[] {
  const { difference, ratio } = effect;
  const bounds = (estimate: Estimate | null): Cell[] =>
    [estimate?.estimate, estimate?.low, estimate?.high].map(orEmpty);
  return [
    ...[effect.metric, effect.unit, effect.scope.kind, effect.scope.name ?? '', effect.family],
    ...[effect.baseline, effect.candidate, effect.blocks, effect.baselineMean, effect.candidateMean],
    ...bounds(difference),
    ...bounds(ratio),
    ...[orEmpty((ratio ?? difference)?.level), orEmpty(effect.smallestEffect)],
    ...[effect.verdict ?? '', effect.note ?? ''],
  ];
}

function endpointRows(trial: Trial): Cell[][] {
  const names = [...new Set([...Object.keys(trial.endpoints), ...Object.keys(trial.latency)])];
  return names.map((name) => {
    const counts = trial.endpoints[name];
    const encoded = trial.latency[name];
    const latency = encoded === undefined ? createLatencyHistogram() : decodeLatency(encoded);
    return [
      ...[trial.variant, 'scenario', trial.block + 1, (trial.attempt ?? 0) + 1, trial.position],
      ...[name, trial.durationSeconds],
      ...[counts?.requests, counts?.failures, counts?.bytesIn, counts?.bytesOut].map(orEmpty),
      orEmpty(latencyMeanMs(latency)),
      ...[50, 90, 95, 99, 100].map((percentile) => orEmpty(latencyPercentileMs(latency, percentile))),
    ];
  });
}

function treeCells(tree: TreeSecond): Cell[] {
  return [
    ...[tree.cpuCores, tree.rssBytes, tree.pssBytes, tree.threads, tree.fds],
    ...[tree.contextSwitchesPerSecond, tree.diskWriteBytesPerSecond, tree.instructionsPerSecond],
  ].map(orEmpty);
}

function attemptsOf({ trials, capacity }: ComparisonRecord): ReadonlyMap<number, number> {
  return new Map([...trials, ...capacity].map(({ position, attempt }) => [position, (attempt ?? 0) + 1]));
}

function orEmpty(value: number | null | undefined): Cell {
  return value === null || value === undefined ? '' : sixDecimals(value);
}
