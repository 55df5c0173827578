import { readProcFile } from './procFiles';

/** What we use of `/proc/PID/stat` (proc_pid_stat(5)). Times are in ticks, memory in pages. */
export interface ProcStat {
  readonly pid: number;
  /** `R`, `S`, `D`, `T`, …; `Z` is a zombie: ended, not yet waited for. */
  readonly state: string;
  readonly parentPid: number;
  readonly groupId: number;
  readonly sessionId: number;
  readonly userTicks: number;
  readonly systemTicks: number;
  /** Of children that ended and were waited for, and of theirs. */
  readonly childUserTicks: number;
  readonly childSystemTicks: number;
  readonly threads: number;
  /** Since boot: with the pid, the identity of a process. */
  readonly startTicks: number;
  readonly rssPages: number;
}

/** Null when the process is gone. */
export function readProcStat(pid: number): ProcStat | null {
  const text = readProcFile(`/proc/${pid}/stat`);
  return text === null || text === '' ? null : parseProcStat(text);
}

/** The name stands in parentheses and may hold blanks and parentheses itself: the fields begin behind the last one. */
export function parseProcStat(text: string): ProcStat {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // Numbered as in the manual page, where the state is field 3.
  const field = (number: number): number => Number(fields[number - 3]);
  return {
    pid: Number.parseInt(text, 10),
    state: fields[0] ?? '',
    parentPid: field(4),
    groupId: field(5),
    sessionId: field(6),
    userTicks: field(14),
    systemTicks: field(15),
    childUserTicks: field(16),
    childSystemTicks: field(17),
    threads: field(20),
    startTicks: field(22),
    rssPages: field(24),
  };
}

/** A zombie holds its pid and its counters, but does nothing any more. */
export function hasEnded(stat: ProcStat): boolean {
  return stat.state === 'Z' || stat.state === 'X';
}
