import type { Sample, TrialKind, TrialPhase } from './events';

/** The seconds of one trial, as they stand in its `trials/NN-<variant>.ndjson`. */
export interface TrialSeries {
  readonly variant: string;
  readonly block: number;
  /** Place in the order of all trials of the comparison, from 0. */
  readonly position: number;
  readonly kind: TrialKind;
  readonly seconds: readonly Sample[];
  /** When batches of events arrived at the collector, in seconds since the load started; left out: not known. */
  readonly flushes?: readonly number[];
}

/** What a page draws; the files hold more (`Sample`). */
const numericFields = [
  'atSeconds',
  'users',
  'requests',
  'failures',
  'latencyP50Ms',
  'latencyP95Ms',
  'latencyP99Ms',
  'latencyMeanMs',
  'cpuCores',
  'rssBytes',
  'threads',
  'fds',
  'systemCpuCores',
  'systemMemoryBytes',
] as const satisfies readonly (keyof Sample)[];
const companionFields = ['cpuCores', 'rssBytes', 'threads', 'fds'] as const;

type Column = readonly (number | null)[];

/** A `TrialSeries` by columns: a third of the bytes, for what is embedded in a page. */
export interface PackedSeries extends Omit<TrialSeries, 'seconds'> {
  readonly phases: readonly TrialPhase[];
  readonly columns: Readonly<Record<(typeof numericFields)[number], Column>>;
  readonly companions: Readonly<Record<string, Readonly<Record<(typeof companionFields)[number], Column>>>>;
}

/** The same seconds by columns, numbers rounded to five significant digits (a chart has fewer pixels). */
export function packSeries(series: TrialSeries): PackedSeries {
  const { seconds, ...head } = series;
  const companionNames = [...new Set(seconds.flatMap((second) => Object.keys(second.companions)))];
  const column = (read: (second: Sample) => number | null | undefined): Column =>
    seconds.map((second) => rounded(read(second)));
  return {
    ...head,
    phases: seconds.map((second) => second.phase),
    columns: byField(numericFields, (field) => column((second) => second[field])),
    companions: Object.fromEntries(
      companionNames.map((name) => [
        name,
        byField(companionFields, (field) => column((second) => second.companions[name]?.[field])),
      ]),
    ),
  };
}

/** The seconds of packed columns again. A missing number becomes 0, a missing latency or count of the platform's null. */
export function unpackSeries(packed: PackedSeries): TrialSeries {
  const { phases, columns, companions, ...head } = packed;
  const at = (field: (typeof numericFields)[number], index: number): number => columns[field][index] ?? 0;
  const orNull = (field: (typeof numericFields)[number], index: number): number | null => columns[field][index] ?? null;
  const seconds = phases.map((phase, index): Sample => ({
    atSeconds: at('atSeconds', index),
    phase,
    users: at('users', index),
    requests: at('requests', index),
    failures: at('failures', index),
    latencyP50Ms: orNull('latencyP50Ms', index),
    latencyP95Ms: orNull('latencyP95Ms', index),
    latencyP99Ms: orNull('latencyP99Ms', index),
    latencyMeanMs: orNull('latencyMeanMs', index),
    cpuCores: at('cpuCores', index),
    rssBytes: at('rssBytes', index),
    threads: orNull('threads', index),
    fds: orNull('fds', index),
    systemCpuCores: at('systemCpuCores', index),
    systemMemoryBytes: at('systemMemoryBytes', index),
    companions: Object.fromEntries(
      Object.entries(companions).map(([name, of]) => [
        name,
        {
          cpuCores: of.cpuCores[index] ?? 0,
          rssBytes: of.rssBytes[index] ?? 0,
          threads: of.threads[index] ?? null,
          fds: of.fds[index] ?? null,
        },
      ]),
    ),
  }));
  return { ...head, seconds };
}

function byField<Field extends string, Value>(
  fields: readonly Field[],
  value: (field: Field) => Value,
): Record<Field, Value> {
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- every field was given a value
  return Object.fromEntries(fields.map((field) => [field, value(field)])) as Record<Field, Value>;
}

function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(5));
}
