import { setTimeout as wait } from 'node:timers/promises';
import type { TreeSecond } from '../shared/events';
import { createCpuClock } from './sample/cpuClock';
import { createMachineSampler } from './sample/machineSampler';
import { createProcessTable } from './sample/createProcessTable';
import { createTreeSampler } from './sample/createTreeSampler';
import type { TreeCounters, TreeSampler } from './sample/treeSampler';
import { findPortOwner } from './target/portOwner';
import { machineSecond, type MachineSecond } from './trial/machineSecond';
import { treeSecond } from './trial/treeSecond';

/** What is watched: a process with its children, or whoever listens on a port at the moment. */
export type Subject =
  | { readonly type: 'pid'; readonly name: string; readonly pid: number }
  | { readonly type: 'port'; readonly name: string; readonly port: number };

export interface MonitorSample {
  readonly atMs: number;
  readonly machine: MachineSecond;
  readonly subjects: readonly MonitoredSubject[];
}

export interface MonitoredSubject {
  readonly name: string;
  /** Null while nobody listens on the port. */
  readonly pid: number | null;
  /** `starting`: its first reading has nothing to compare with. */
  readonly status: 'running' | 'starting' | 'gone';
  /** Null unless it is running. */
  readonly usage: TreeSecond | null;
}

export interface MonitorOptions {
  readonly subjects: readonly Subject[];
  readonly intervalMs: number;
  /** Left out: until the signal aborts. */
  readonly durationMs?: number;
  /** For exact CPU clocks; null: the kernel's 10-ms ticks. */
  readonly pythonPath: string | null;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onSample: (sample: MonitorSample) => void;
}

/** Samples the machine and the subjects at an even pace. Resolves at the end of the duration, when the signal aborts, or when every pid is gone. */
export async function runMonitor(options: MonitorOptions): Promise<void> {
  const { intervalMs, durationMs = Infinity, signal, subjects } = options;
  const clock = await createCpuClock(options);
  const table = createProcessTable();
  const open = (pid: number): TreeSampler => createTreeSampler({ rootPid: pid, tag: null, clock, table });
  const watched = subjects.map((subject) => watch(subject, open));
  const machine = createMachineSampler();
  const startMs = performance.now();
  let before = machine.read();
  try {
    await Promise.all(watched.map(async ({ read }) => read()));
    for (let tick = 1; ; tick += 1) {
      const dueMs = startMs + tick * intervalMs;
      await wait(Math.max(0, dueMs - performance.now()), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const now = machine.read();
      const seen = await Promise.all(watched.map(async ({ read }) => read()));
      options.onSample({ atMs: Math.round(now.atMs), machine: machineSecond(before, now), subjects: seen });
      before = now;
      const isAllGone = subjects.every(({ type }) => type === 'pid') && seen.every(({ status }) => status === 'gone');
      if (dueMs - startMs >= durationMs || (subjects.length > 0 && isAllGone)) return;
    }
  } finally {
    await clock.close();
    await table?.close();
  }
}

/** Follows a port from one owner to the next. */
function watch(
  subject: Subject,
  open: (pid: number) => TreeSampler,
): { readonly read: () => Promise<MonitoredSubject> } {
  let sampler: { readonly pid: number; readonly of: TreeSampler } | null = null;
  let before: TreeCounters | null = null;
  return {
    read: async () => {
      const pid = subject.type === 'pid' ? subject.pid : findPortOwner(subject.port).pid;
      if (pid === null) {
        sampler = null;
        before = null;
        return { name: subject.name, pid, status: 'gone', usage: null };
      }
      if (sampler?.pid !== pid) {
        sampler = { pid, of: open(pid) };
        before = null;
      }
      const now = await sampler.of.read({ thorough: true });
      const previous = before;
      before = now;
      if (now.processes.length === 0) return { name: subject.name, pid, status: 'gone', usage: null };
      if (previous === null) return { name: subject.name, pid, status: 'starting', usage: null };
      return { name: subject.name, pid, status: 'running', usage: treeSecond(previous, now) };
    },
  };
}
