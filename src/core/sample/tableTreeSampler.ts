import { createCpuLedger } from './cpuLedger';
import type { ListedProcess, ProcessTable, ProcessUsage } from './processTable';
import type { TreeCounters, TreeSampler } from './treeSampler';
import { unixMs } from './unixMs';

/** A process of the tree. */
export interface TableMember extends ListedProcess {
  /** When it was first seen, ms: stands for the start time, which some listings do not tell. */
  readonly firstSeenMs: number;
}

/**
 * Reads a process tree where there is no /proc. It sees less than the /proc sampler: a child that began and ended between
 * two readings is lost, CPU included, and so is what a member used after its last reading; PSS, switches and disk bytes are
 * null, threads and descriptors where the table does not tell them.
 */
export function createTableTreeSampler({
  rootPid,
  table,
}: {
  readonly rootPid: number;
  readonly table: ProcessTable;
}): TreeSampler {
  const userLedger = createCpuLedger(0);
  const systemLedger = createCpuLedger(0);
  const root: TableMember = { pid: rootPid, parentPid: 0, startedAtMs: null, firstSeenMs: unixMs() };
  let members = new Map<number, TableMember>([[rootPid, root]]);
  let turn: Promise<unknown> = Promise.resolve();

  async function read(): Promise<TreeCounters> {
    const usage = await table.read((listed) => {
      members = findMembers(members, listed, unixMs());
      return [...members.keys()];
    });
    const live = [...members.values()].flatMap((member) => {
      const used = usage.get(member.pid);
      return used === undefined ? [] : [{ member, used }];
    });
    // No tool here tells what ended children had used, so a member that ends keeps its last figure for good.
    const grow = (ledger: typeof userLedger, own: (used: ProcessUsage) => number): number =>
      ledger.update(
        live.map(({ member, used }) => ({ key: keyOf(member), parent: null, own: own(used), children: 0 })),
      );
    return {
      atMs: unixMs(),
      cpuUserSeconds: grow(userLedger, (used) => used.cpuUserSeconds),
      cpuSystemSeconds: grow(systemLedger, (used) => used.cpuSystemSeconds),
      rssBytes: live.reduce((sum, { used }) => sum + used.rssBytes, 0),
      pssBytes: null,
      threads: sumOrNull(live.map(({ used }) => used.threads)),
      fds: sumOrNull(live.map(({ used }) => used.fds)),
      contextSwitches: null,
      diskWriteBytes: null,
      processes: live.map(({ member, used }) => ({
        pid: member.pid,
        startTicks: member.firstSeenMs,
        cpuSeconds: used.cpuUserSeconds + used.cpuSystemSeconds,
      })),
    };
  }

  return {
    read() {
      const result = turn.then(read);
      turn = result.catch(() => undefined);
      return result;
    },
    close: () => Promise.resolve(),
  };
}

/**
 * Those that are still there, the root first, and every descendant of one. A double fork between two readings escapes.
 * Where starts are told, a pid that was given to another process is no member any more, and a process that is older than
 * its parent is not its child (Windows keeps the number of a parent that ended).
 */
export function findMembers(
  before: ReadonlyMap<number, TableMember>,
  listed: readonly ListedProcess[],
  nowMs: number,
): Map<number, TableMember> {
  const present = new Map(listed.map((entry) => [entry.pid, entry]));
  const members = new Map<number, TableMember>();
  for (const member of before.values()) {
    const now = present.get(member.pid);
    if (now !== undefined && isSame(member, now)) members.set(member.pid, { ...now, firstSeenMs: member.firstSeenMs });
  }
  for (;;) {
    const joining = listed.filter((entry) => !members.has(entry.pid) && isChildOf(entry, members.get(entry.parentPid)));
    if (joining.length === 0) return members;
    joining.forEach((entry) => members.set(entry.pid, { ...entry, firstSeenMs: nowMs }));
  }
}

function isSame(one: ListedProcess, other: ListedProcess): boolean {
  return one.startedAtMs === null || other.startedAtMs === null || one.startedAtMs === other.startedAtMs;
}

function isChildOf(entry: ListedProcess, parent: ListedProcess | undefined): boolean {
  if (parent === undefined) return false;
  return entry.startedAtMs === null || parent.startedAtMs === null || entry.startedAtMs >= parent.startedAtMs;
}

function keyOf(member: TableMember): string {
  return `${member.pid}:${member.firstSeenMs}`;
}

/** Null when a member does not tell: a part of a sum would be taken for the whole. */
function sumOrNull(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum;
}
