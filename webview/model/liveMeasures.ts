import type { Sample, TrialKind } from '../../src/shared/events';
import type { LiveRun, LiveTrial } from '../../src/shared/liveRun';
import { bytesPerMegabyte } from '../../src/shared/effects/trialValue';
import type { Metric } from '../../src/shared/metrics';

/** One line per variant in a live chart. */
export interface LiveCurve {
  /** Empty for the only one of its chart. */
  readonly name: string;
  readonly width: number;
  /** The one that the chart is about: its earlier trials stay as faint lines, and its newest value stands in the caption. */
  readonly isMain: boolean;
  /** Null leaves the second out. */
  readonly value: (second: Sample) => number | null;
}

export interface LiveMeasure {
  readonly label: string;
  readonly unit: Metric['unit'];
  /** Read off the app's own processes: not shown of an app whose processes are out of reach. */
  readonly isOfProcesses?: boolean;
  /** In place of the unit's own name. */
  readonly unitName?: string;
  readonly isFromZero: boolean;
  readonly curves: readonly LiveCurve[];
}

const only = { name: '', width: 2, isMain: true } as const;

/** The charts of the panel. The curves of latency differ in width, and are named at their ends. */
export const liveMeasures: readonly LiveMeasure[] = [
  {
    label: 'Throughput',
    unit: '1/s',
    isFromZero: true,
    curves: [{ ...only, value: ({ requests }) => requests }],
  },
  {
    label: 'Latency',
    unit: 'ms',
    isFromZero: true,
    curves: [
      { name: 'p50', width: 1.5, isMain: false, value: ({ latencyP50Ms }) => latencyP50Ms },
      { name: 'p95', width: 2.5, isMain: true, value: ({ latencyP95Ms }) => latencyP95Ms },
      { name: 'p99', width: 0.75, isMain: false, value: ({ latencyP99Ms }) => latencyP99Ms },
    ],
  },
  {
    label: 'CPU',
    isOfProcesses: true,
    unit: 'share',
    unitName: '% of a core',
    isFromZero: true,
    curves: [{ ...only, value: ({ cpuCores }) => cpuCores }],
  },
  {
    label: 'RSS',
    isOfProcesses: true,
    unit: 'MB',
    isFromZero: false,
    curves: [{ ...only, value: ({ rssBytes }) => (rssBytes === null ? null : rssBytes / bytesPerMegabyte) }],
  },
  {
    label: 'Threads',
    isOfProcesses: true,
    unit: 'count',
    isFromZero: true,
    curves: [{ ...only, value: ({ threads }) => threads }],
  },
];

/** The kind that the charts show: scenario and capacity differ too much to share an axis. */
export function shownKind({ trial, trials }: LiveRun): TrialKind {
  return trial?.kind ?? trials.at(-1)?.trial.kind ?? 'scenario';
}

/** The curve that the chart is about. */
export function mainCurve({ curves }: LiveMeasure): LiveCurve {
  const main = curves.find(({ isMain }) => isMain);
  if (main === undefined) throw new Error('Every live measure has a main curve.');
  return main;
}

/** The newest second under load of a variant's newest trial; null before its first. */
export function newestSecond(run: LiveRun, variant: string, kind: TrialKind): Sample | null {
  return trialsOf(run, variant, kind).at(-1)?.seconds.findLast(isUnderLoad) ?? null;
}

/** The trials of one variant and kind that have something to show, oldest first; those of the ramp and the window. */
export function trialsOf(run: LiveRun, variant: string, kind: TrialKind): readonly LiveTrial[] {
  return run.trials.filter(
    ({ trial, seconds }) => trial.variant === variant && trial.kind === kind && seconds.some(isUnderLoad),
  );
}

/** Seconds of warm-up and window: after them nothing is asked of the app. */
export function isUnderLoad({ phase }: Sample): boolean {
  return phase === 'warming' || phase === 'measuring';
}
