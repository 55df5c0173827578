import { readdirSync, statSync } from 'node:fs';
import { createCpuLedger, type LedgerEntry } from './cpuLedger';
import type { AttachedCounter, InstructionCounter } from './instructionCounter';
import { readKernelUnits } from './kernelUnits';
import { ifReadable, readProcFile } from './procFiles';
import { hasEnded, type ProcStat } from './procStat';
import { createThreadSwitches } from './threadSwitches';
import { createTreeMembers, keyOf } from './treeMembers';
import type { CpuClock, TreeCounters, TreeSampler } from './treeSampler';
import { unixMs } from './unixMs';

export interface TreeSamplerOptions {
  readonly rootPid: number;
  /** Looks for orphans that escaped the tree unseen, by the run's tag; null for all trees of a run but one. */
  readonly tag: string | null;
  readonly clock: CpuClock;
  /** Counts what the tree executes from the first reading on; left out: nothing does. */
  readonly counter?: InstructionCounter | null;
}

/**
 * Reads a process tree from /proc. CPU of a process comes from the clock where it has the pid (exact), else from utime +
 * stime (10-ms ticks); that of children that ended from cutime + cstime; see `createCpuLedger` for what happens when
 * members end. The exact total is split into user and system in the proportion of the ticks.
 *
 * Concurrent reads run one after the other.
 */
export function createLinuxTreeSampler({ rootPid, tag, clock, counter }: TreeSamplerOptions): TreeSampler {
  const units = readKernelUnits();
  const members = createTreeMembers(rootPid, tag);
  const cpu = createTreeCpu(units.ticksPerSecond);
  // The kernel adds `write_bytes` of a child to its parent as it does with CPU, but in the same field.
  const disk = createCpuLedger(0);
  const diskBytes = new Map<string, number>();
  const switches = createThreadSwitches();
  let counting: Promise<AttachedCounter | null> | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function read(isThorough: boolean): Promise<TreeCounters> {
    const stats = members.read();
    const live = stats.filter((stat) => !hasEnded(stat));
    const pids = live.map((stat) => stat.pid);
    counting ??= counter?.attach(pids) ?? Promise.resolve(null);
    const counted = await counting;
    const [clocks, instructions] = await Promise.all([
      pids.length === 0 ? new Map<number, number>() : clock.read(pids),
      counted?.read() ?? null,
    ]);
    const atMs = unixMs();
    const { userSeconds, systemSeconds } = cpu.update(stats, clocks);
    const processOf = (stat: ProcStat): TreeCounters['processes'][number] => ({
      pid: stat.pid,
      startTicks: stat.startTicks,
      cpuSeconds: cpu.ownSeconds(stat),
    });
    return {
      atMs,
      cpuUserSeconds: userSeconds,
      cpuSystemSeconds: systemSeconds,
      rssBytes: sumOf(live, (stat) => stat.rssPages) * units.pageBytes,
      pssBytes: isThorough ? sumOrNull(live.map((stat) => readPssBytes(stat.pid))) : null,
      threads: sumOf(live, (stat) => stat.threads),
      fds: sumOf(live, (stat) => countDescriptors(stat.pid)),
      // At each reading: a thread that ended counts with what it had when last seen.
      contextSwitches: switches.read(live.map(keyOf)),
      diskWriteBytes: readDiskWrites(stats, disk, diskBytes),
      ...(instructions && { instructions }),
      // The root comes first while it lives.
      processes: live.map(processOf),
    };
  }

  return {
    read({ thorough = false } = {}) {
      const result = turn.then(() => read(thorough));
      turn = result.catch(() => undefined);
      return result;
    },
    async close() {
      await turn;
      await (await counting)?.detach();
    },
  };
}

interface TreeCpu {
  update(
    stats: readonly ProcStat[],
    clocks: ReadonlyMap<number, number>,
  ): { readonly userSeconds: number; readonly systemSeconds: number };
  /** Of one process, ended children not counted, at the last update. */
  ownSeconds(stat: ProcStat): number;
}

function createTreeCpu(ticksPerSecond: number): TreeCpu {
  const tickSeconds = 1 / ticksPerSecond;
  // utime and stime are each cut to whole ticks.
  const total = createCpuLedger(2 * tickSeconds);
  const userTicks = createCpuLedger(1);
  const systemTicks = createCpuLedger(1);
  /** Of each process, so that a clock that no longer answers does not take back what it said. */
  let ownSeconds = new Map<string, number>();
  let last = { userSeconds: 0, systemSeconds: 0 };

  return {
    update(stats, clocks) {
      const before = ownSeconds;
      ownSeconds = new Map();
      const entries = ledgerEntries(stats, (stat) => {
        const byTicks = (stat.userTicks + stat.systemTicks) * tickSeconds;
        const own = Math.max(before.get(keyOf(stat)) ?? 0, clocks.get(stat.pid) ?? byTicks);
        ownSeconds.set(keyOf(stat), own);
        return { own, children: (stat.childUserTicks + stat.childSystemTicks) * tickSeconds };
      });
      const seconds = total.update(entries);
      const user = userTicks.update(
        ledgerEntries(stats, (stat) => ({ own: stat.userTicks, children: stat.childUserTicks })),
      );
      const system = systemTicks.update(
        ledgerEntries(stats, (stat) => ({ own: stat.systemTicks, children: stat.childSystemTicks })),
      );
      const ticks = user + system;
      const userShare = ticks === 0 ? 1 : user / ticks;
      // The share moves by a tick here and there: neither part may shrink for that.
      const added = seconds - last.userSeconds - last.systemSeconds;
      const userAdded = Math.min(Math.max(seconds * userShare - last.userSeconds, 0), Math.max(added, 0));
      const userSeconds = last.userSeconds + userAdded;
      last = { userSeconds, systemSeconds: Math.max(seconds - userSeconds, last.systemSeconds) };
      return last;
    },
    ownSeconds: (stat) => ownSeconds.get(keyOf(stat)) ?? 0,
  };
}

function ledgerEntries(
  stats: readonly ProcStat[],
  counters: (stat: ProcStat) => { readonly own: number; readonly children: number },
): LedgerEntry[] {
  const keys = new Map(stats.map((stat) => [stat.pid, keyOf(stat)]));
  return stats.map((stat) => ({ key: keyOf(stat), parent: keys.get(stat.parentPid) ?? null, ...counters(stat) }));
}

/** `write_bytes`: what was sent to the disk, sockets and pipes not counted. Null where it may not be read. */
function readDiskWrites(
  stats: readonly ProcStat[],
  ledger: ReturnType<typeof createCpuLedger>,
  lastBytes: Map<string, number>,
): number | null {
  for (const stat of stats) {
    const bytes = readProcFile(`/proc/${stat.pid}/io`)?.match(/^write_bytes: (\d+)/m)?.[1];
    if (bytes !== undefined) {
      lastBytes.set(keyOf(stat), Number(bytes));
    }
  }
  const entries = ledgerEntries(stats, (stat) => ({ own: 0, children: lastBytes.get(keyOf(stat)) ?? 0 }));
  const total = ledger.update(entries);
  return lastBytes.size === 0 ? null : total;
}

/** Proportional set size: shared pages count by their share, so that the members of a tree may be added up. */
function readPssBytes(pid: number): number | null {
  const kilobytes = readProcFile(`/proc/${pid}/smaps_rollup`)?.match(/^Pss:\s+(\d+) kB/m)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

/** From Linux 6.2 on the size of the directory is the number of descriptors; before that it is 0 and they are counted. */
function countDescriptors(pid: number): number {
  const path = `/proc/${pid}/fd`;
  const size = ifReadable(() => statSync(path).size) ?? 0;
  return size > 0 ? size : (ifReadable(() => readdirSync(path).length) ?? 0);
}

function sumOf(stats: readonly ProcStat[], value: (stat: ProcStat) => number): number {
  return stats.reduce((sum, stat) => sum + value(stat), 0);
}

/** Null when there is no figure at all: a process that ended meanwhile has none. */
function sumOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
