import type { QuotaCounters } from './controlGroup';
import type { InstructionReading } from './instructionCounter';

/** Cumulative counters of a process tree. CPU only ever grows: children that ended are included. */
export interface TreeCounters {
  readonly atMs: number;
  readonly cpuUserSeconds: number;
  readonly cpuSystemSeconds: number;
  readonly rssBytes: number;
  /** Null where the platform has no such figure, or when it was not asked for (it is dear to read). */
  readonly pssBytes: number | null;
  /** Null where the platform does not tell; so are the three that follow. */
  readonly threads: number | null;
  readonly fds: number | null;
  readonly contextSwitches: number | null;
  readonly diskWriteBytes: number | null;
  /** Since the first reading; left out where the CPU's own counters are not to be had. */
  readonly instructions?: InstructionReading;
  /** pid, start time and own CPU so far of each live process of the tree. */
  readonly processes: readonly { readonly pid: number; readonly startTicks: number; readonly cpuSeconds?: number }[];
}

/** Reads one process tree: descendants of the root, and those that have left it since but were seen in it. */
export interface TreeSampler {
  /** `thorough` reads PSS too. An ended tree yields its last CPU and zero processes. */
  read(options?: { readonly thorough?: boolean }): Promise<TreeCounters>;
  /** Lets go of what is held for it. Never rejects. */
  close(): Promise<void>;
}

/** Cumulative counters of the machine. */
export interface MachineCounters {
  readonly atMs: number;
  readonly busySeconds: number;
  readonly stealSeconds: number;
  readonly memoryUsedBytes: number;
  /** Null where the platform does not tell. */
  readonly networkBytes: number | null;
  /** Of the tightest quota of CPU time that holds for this process; null: there is none. */
  readonly quota: QuotaCounters | null;
}

/** posix: per-process CPU clocks in ns through a Python helper; ticks: /proc's 10-ms ticks; portable: pidusage. */
export type CpuClockKind = 'posix' | 'ticks' | 'portable';

/** Exact CPU time of processes by pid. Created once per run (it may hold a helper process). */
export interface CpuClock {
  readonly kind: CpuClockKind;
  /** CPU seconds (user + system) of each pid, ended threads included; missing when the process is gone or there is no such clock. */
  read(pids: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** CPU seconds of the helper process itself so far: ours, not the target's; 0 without one. */
  helperCpuSeconds(): Promise<number>;
  close(): Promise<void>;
}
