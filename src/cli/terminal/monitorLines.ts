import type { MonitoredSubject, MonitorSample } from '../../core/runMonitor';

const columns = ['CPU %', 'RSS MB', 'threads', 'files', 'switches/s', 'written kB/s'] as const;
const nameWidth = 16;
const columnWidth = 13;

/** The names of the columns, under which every sample's lines stand. */
export function monitorTableHeader(names: readonly string[]): string {
  const what = names.length === 0 ? 'the machine' : `the machine, ${names.join(', ')}`;
  return `Watching ${what}; Ctrl-C ends it.\n${'time'.padEnd(10)}${'what'.padEnd(nameWidth)}${columns.map((name) => name.padStart(columnWidth)).join('')}`;
}

/** One line for the machine, one for each subject. CPU in % of one core. */
export function monitorTableLines({ atMs, machine, subjects }: MonitorSample): readonly string[] {
  const time = new Date(atMs).toTimeString().slice(0, 8);
  const line = (name: string, cells: readonly (string | null)[]): string =>
    `${time}  ${name.padEnd(nameWidth)}${cells.map((cell) => (cell ?? '–').padStart(columnWidth)).join('')}`.trimEnd();
  const machineCells = [percent(machine.cpuCores), megabytes(machine.memoryBytes)];
  return [
    line('machine', machineCells),
    ...subjects.map((subject) =>
      subject.usage === null ? line(subject.name, [subject.status]) : line(subject.name, cellsOf(subject.usage)),
    ),
  ];
}

function cellsOf(usage: NonNullable<MonitoredSubject['usage']>): readonly (string | null)[] {
  return [
    percent(usage.cpuCores),
    megabytes(usage.rssBytes),
    whole(usage.threads),
    whole(usage.fds),
    whole(usage.contextSwitchesPerSecond ?? null),
    usage.diskWriteBytesPerSecond == null ? null : (usage.diskWriteBytesPerSecond / 1000).toFixed(1),
  ];
}

const percent = (cores: number | null): string | null => (cores === null ? null : (cores * 100).toFixed(1));
const megabytes = (bytes: number | null): string | null => (bytes === null ? null : (bytes / 1e6).toFixed(1));
const whole = (value: number | null): string | null => (value === null ? null : String(Math.round(value)));

/** Units in the names, one line per subject and sample, empty where something is not known. */
export const monitorCsvHeader =
  'time_ms,name,pid,status,cpu_cores,rss_bytes,pss_bytes,threads,fds,context_switches_per_s,disk_write_bytes_per_s,network_bytes_per_s';

export function monitorCsvLine({ atMs, machine, subjects }: MonitorSample): readonly string[] {
  const row = (cells: readonly (string | number | null)[]): string => cells.map((cell) => cell ?? '').join(',');
  return [
    row([
      atMs,
      'machine',
      null,
      'running',
      machine.cpuCores,
      machine.memoryBytes,
      null,
      null,
      null,
      null,
      null,
      machine.networkBytesPerSecond,
    ]),
    ...subjects.map(({ name, pid, status, usage }) =>
      row([
        ...[atMs, name, pid, status, usage?.cpuCores ?? null, usage?.rssBytes ?? null, usage?.pssBytes ?? null],
        ...[usage?.threads ?? null, usage?.fds ?? null, usage?.contextSwitchesPerSecond ?? null],
        ...[usage?.diskWriteBytesPerSecond ?? null, null],
      ]),
    ),
  ];
}
