/** The metric registry: the one place from which tables, units, words and docs come. */
export type MetricFamily = 'headline' | 'secondary' | 'exploratory' | 'context';

export interface Metric {
  readonly name: string;
  readonly label: string;
  readonly unit:
    | 'ms'
    | 'ms/s'
    | '1/s'
    | 'share'
    | 'MB'
    | 'count'
    | 'bytes'
    | 'cores'
    | 'bytes/s'
    | 'count/request'
    | 'million/request'
    | 'bytes/request'
    | 'MB/1000 requests';
  /** `log`: effects are ratios of block values. `difference`: differences. `value`: shown, never compared. */
  readonly scale: 'log' | 'difference' | 'value';
  /** Which direction costs the user something; null: neither. */
  readonly worse: 'up' | 'down' | null;
  /** The larger of the two is the smallest effect that matters; null: none, so no equivalence can be claimed. */
  readonly smallestEffect: { readonly relative?: number; readonly absolute?: number } | null;
  readonly family: Exclude<MetricFamily, 'exploratory'>;
  /** Comes from the scenario's trials, from the capacity trials (closed loop), or from both loads of a block together. */
  readonly source: 'scenario' | 'capacity' | 'both';
  /** A quantile of the variant's pooled histogram, interval by jackknife over blocks; null: a value per trial. */
  readonly percentile: number | null;
  /** The finest step in which it can be read: no standard deviation is taken to be smaller. In the metric's unit. */
  readonly resolution: number;
  /** The words for more and for less of it ("slower", "faster"). */
  readonly words: { readonly up: string; readonly down: string };
  readonly description: string;
}

const more = { up: 'more', down: 'less' };
const latencyWords = { up: 'slower', down: 'faster' };
const costWords = { up: 'costlier', down: 'cheaper' };
const higher = { up: 'higher', down: 'lower' };

type Entry = Omit<Metric, 'source' | 'percentile' | 'resolution' | 'words'> &
  Partial<Pick<Metric, 'source' | 'percentile' | 'resolution' | 'words'>>;

function metric(entry: Entry): Metric {
  return { source: 'scenario', percentile: null, resolution: 0, words: higher, ...entry };
}

function latencyPercentile(percentile: number, smallest: { relative: number; absolute: number }): Metric {
  return metric({
    name: `latency_p${percentile}_ms`,
    label: `Latency p${percentile}`,
    unit: 'ms',
    scale: 'log',
    worse: 'up',
    smallestEffect: smallest,
    family: 'secondary',
    percentile,
    resolution: 0.01,
    words: latencyWords,
    description: `${percentile} % of requests were answered within this time; from the variant's pooled histogram.`,
  });
}

const oneMegabyte = {
  unit: 'MB',
  scale: 'difference',
  worse: 'up',
  smallestEffect: { absolute: 5 },
  family: 'secondary',
  resolution: 0.1,
  words: more,
} as const;
const perRequest = {
  scale: 'difference',
  worse: 'up',
  smallestEffect: null,
  family: 'secondary',
  words: more,
} as const;
const instructions = {
  unit: 'million/request',
  scale: 'log',
  worse: 'up',
  smallestEffect: { relative: 0.02 },
  family: 'secondary',
  words: more,
} as const;
const startStop = {
  unit: 'ms',
  scale: 'difference',
  worse: 'up',
  smallestEffect: { absolute: 100 },
  family: 'secondary',
  resolution: 5,
  words: { up: 'longer', down: 'shorter' },
} as const;
const context = { scale: 'value', worse: null, smallestEffect: null, family: 'context' } as const;

export const metrics: readonly Metric[] = [
  metric({
    name: 'cpu_ms_per_request',
    label: 'CPU per request',
    unit: 'ms',
    scale: 'log',
    worse: 'up',
    smallestEffect: { relative: 0.02 },
    family: 'headline',
    words: costWords,
    description:
      "CPU time of the target's whole process tree in the measured window, divided by the requests it served.",
  }),
  metric({
    name: 'latency_mean_ms',
    label: 'Mean latency',
    unit: 'ms',
    scale: 'log',
    worse: 'up',
    smallestEffect: { relative: 0.05, absolute: 0.5 },
    family: 'headline',
    resolution: 0.01,
    words: latencyWords,
    description:
      'Mean time from sending a request (at an arrival rate: from its scheduled start) to the end of its answer.',
  }),
  metric({
    name: 'capacity_rps',
    label: 'Capacity',
    unit: '1/s',
    scale: 'log',
    worse: 'down',
    smallestEffect: { relative: 0.02 },
    family: 'headline',
    source: 'capacity',
    resolution: 0.1,
    description: 'Requests per second of a busy app: closed loop, no think time, fixed connections.',
  }),
  metric({
    name: 'capacity_cpu_ms_per_request',
    label: 'CPU per request when busy',
    unit: 'ms',
    scale: 'log',
    worse: 'up',
    smallestEffect: { relative: 0.02 },
    family: 'headline',
    source: 'capacity',
    words: costWords,
    description: 'CPU per request in the capacity trials: what each request costs when standing costs no longer weigh.',
  }),
  metric({
    ...instructions,
    name: 'million_instructions_per_request',
    label: 'CPU instructions',
    description:
      "CPU instructions that the target's process tree executed in user space in the measured window, per request. The machine's speed is not in it, nor how long each took. Where the CPU's own counters are to be had: Linux, seldom in a virtual machine.",
  }),
  metric({
    ...instructions,
    name: 'capacity_million_instructions_per_request',
    label: 'CPU instructions when busy',
    source: 'capacity',
    description: 'The same in the capacity trials.',
  }),
  metric({
    name: 'cpu_marginal_ms_per_request',
    label: 'Marginal CPU',
    unit: 'ms',
    scale: 'difference',
    worse: 'up',
    smallestEffect: null,
    family: 'secondary',
    source: 'both',
    words: costWords,
    description:
      'CPU that one more request costs. With the standing cost it makes up CPU = marginal × requests + standing × seconds, from the scenario and the closed loop together.',
  }),
  metric({
    name: 'cpu_standing_ms_per_second',
    label: 'Standing CPU',
    unit: 'ms/s',
    scale: 'difference',
    worse: 'up',
    smallestEffect: null,
    family: 'secondary',
    source: 'both',
    words: costWords,
    description: 'CPU spent each second however few requests there are: flush threads, TLS, timers.',
  }),
  latencyPercentile(50, { relative: 0.05, absolute: 0.5 }),
  latencyPercentile(75, { relative: 0.1, absolute: 1 }),
  latencyPercentile(90, { relative: 0.1, absolute: 1 }),
  latencyPercentile(95, { relative: 0.1, absolute: 1 }),
  latencyPercentile(99, { relative: 0.1, absolute: 1 }),
  metric({
    ...context,
    name: 'latency_max_ms',
    label: 'Latency max',
    unit: 'ms',
    description: 'The slowest request: a value, never compared.',
  }),
  metric({
    name: 'throughput_rps',
    label: 'Throughput',
    unit: '1/s',
    scale: 'log',
    worse: 'down',
    smallestEffect: { relative: 0.01 },
    family: 'secondary',
    resolution: 0.05,
    description: 'Requests answered per second at the load of the scenario.',
  }),
  metric({
    name: 'error_rate',
    label: 'Error rate',
    unit: 'share',
    scale: 'difference',
    worse: 'up',
    smallestEffect: { absolute: 0.001 },
    family: 'secondary',
    description:
      'Share of requests that failed: an unexpected status, no answer, or a time-out. Exact binomial bounds.',
  }),
  metric({
    ...oneMegabyte,
    name: 'rss_mean_mb',
    label: 'Memory (RSS), mean',
    description: 'Resident memory of the process tree, mean over the window; shared pages count once per process.',
  }),
  metric({
    ...oneMegabyte,
    name: 'rss_peak_mb',
    label: 'Memory (RSS), peak',
    description: 'Highest resident memory of the process tree in the window.',
  }),
  metric({
    ...oneMegabyte,
    name: 'pss_mean_mb',
    label: 'Memory (PSS), mean',
    description: 'Proportional memory: pages that processes share are divided among them.',
  }),
  metric({
    name: 'rss_slope_mb_per_1000_requests',
    label: 'Memory growth',
    unit: 'MB/1000 requests',
    scale: 'difference',
    worse: 'up',
    smallestEffect: { absolute: 5 },
    family: 'secondary',
    words: { up: 'faster', down: 'slower' },
    description: 'Least-squares slope of resident memory over requests served in the window.',
  }),
  metric({
    name: 'threads',
    label: 'Threads',
    unit: 'count',
    scale: 'difference',
    worse: 'up',
    smallestEffect: { absolute: 1 },
    family: 'secondary',
    resolution: 0.5,
    words: more,
    description: 'Threads of the process tree, mean over the window.',
  }),
  metric({
    name: 'fds',
    label: 'File descriptors',
    unit: 'count',
    scale: 'difference',
    worse: 'up',
    smallestEffect: { absolute: 1 },
    family: 'secondary',
    resolution: 0.5,
    words: more,
    description: 'Open file descriptors of the process tree, mean over the window.',
  }),
  metric({
    ...perRequest,
    name: 'context_switches_per_request',
    label: 'Context switches',
    unit: 'count/request',
    description: 'Voluntary and involuntary context switches of the process tree per request.',
  }),
  metric({
    ...perRequest,
    name: 'disk_write_bytes_per_request',
    label: 'Disk writes',
    unit: 'bytes/request',
    description: 'Bytes that the process tree caused to be written to storage, per request.',
  }),
  metric({
    ...perRequest,
    name: 'network_bytes_per_request',
    label: 'Network',
    unit: 'bytes/request',
    description: "Bytes on the target's sockets per request, as the load generator and the collector saw them.",
  }),
  metric({
    ...perRequest,
    name: 'events_per_request',
    label: 'Events sent',
    worse: null,
    unit: 'count/request',
    description: 'Instrumented events that arrived at the collector, per request.',
  }),
  metric({
    ...perRequest,
    name: 'event_bytes_per_request',
    label: 'Event bytes',
    worse: null,
    unit: 'bytes/request',
    description: 'Bytes of event bodies that arrived at the collector, per request.',
  }),
  metric({
    ...perRequest,
    name: 'events_per_day',
    label: 'Events per day',
    worse: null,
    unit: 'count',
    description:
      "Instrumented events that a day at this load would send: events per request × the scenario's requests per second × 86,400. They count against a plan's quota.",
  }),
  metric({
    ...perRequest,
    name: 'events_dropped',
    label: 'Events lost',
    worse: null,
    unit: 'count',
    description: 'Expected request events that never arrived, per trial.',
  }),
  metric({
    ...startStop,
    name: 'startup_ms',
    label: 'Start-up',
    description: 'From starting the process to its first ready answer.',
  }),
  metric({
    ...startStop,
    name: 'shutdown_ms',
    label: 'Shutdown',
    description: 'From the stop signal to the exit of the process.',
  }),
  metric({
    ...startStop,
    name: 'ready_probe_ms',
    label: 'First answer',
    resolution: 0.5,
    description: 'How long the first successful ready probe took.',
  }),
  metric({
    name: 'throughput_cv',
    label: 'Throughput variation',
    unit: 'share',
    scale: 'difference',
    worse: 'up',
    smallestEffect: null,
    family: 'secondary',
    description: 'Coefficient of variation of requests per second inside a trial.',
  }),
  metric({
    name: 'latency_cv',
    label: 'Latency variation',
    unit: 'share',
    scale: 'difference',
    worse: 'up',
    smallestEffect: null,
    family: 'secondary',
    description: 'Coefficient of variation of mean latency per second inside a trial.',
  }),
  metric({
    name: 'worker_restarts',
    label: 'Worker restarts',
    unit: 'count',
    scale: 'difference',
    worse: 'up',
    smallestEffect: null,
    family: 'secondary',
    words: more,
    description: "Processes of the target's tree that ended and were replaced inside the window.",
  }),
  metric({
    ...context,
    name: 'system_cpu_cores',
    label: 'Machine CPU',
    unit: 'cores',
    description: 'CPU in use on the whole machine, mean over the window.',
  }),
  metric({
    ...context,
    name: 'system_memory_mb',
    label: 'Machine memory',
    unit: 'MB',
    description: 'Memory in use on the whole machine, mean over the window.',
  }),
  metric({
    ...context,
    name: 'steal_cores',
    label: 'Stolen CPU',
    unit: 'cores',
    description: 'CPU time that the hypervisor gave to others.',
  }),
  metric({
    ...context,
    name: 'system_network_bytes_per_second',
    label: 'Machine network',
    unit: 'bytes/s',
    description:
      'Bytes received and sent by the whole machine, loopback left out: the load itself runs over loopback, so this is what others do.',
  }),
];

const byName = new Map(metrics.map((entry) => [entry.name, entry]));

/** The metric of that name. Throws for a name that is not in the registry. */
export function metricNamed(name: string): Metric {
  const found = byName.get(name);
  if (!found) throw new Error(`No metric is called ${name}`);
  return found;
}

/** Whether the registry has a metric of that name. */
export function isMetricName(name: string): boolean {
  return byName.has(name);
}

/** What is read off the app's own processes, and is not to be had where they are out of reach. */
export const processMetrics: ReadonlySet<string> = new Set([
  'cpu_ms_per_request',
  'capacity_cpu_ms_per_request',
  'million_instructions_per_request',
  'capacity_million_instructions_per_request',
  'cpu_marginal_ms_per_request',
  'cpu_standing_ms_per_second',
  'rss_mean_mb',
  'rss_peak_mb',
  'pss_mean_mb',
  'rss_slope_mb_per_1000_requests',
  'threads',
  'fds',
  'context_switches_per_request',
  'disk_write_bytes_per_request',
  'worker_restarts',
]);
