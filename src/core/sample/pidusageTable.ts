import pidtree from 'pidtree';
import pidusage from 'pidusage';
import { shareWhilePending, type ListedProcess, type ProcessTable, type ProcessUsage } from './processTable';

interface Status {
  /** CPU so far, ms. */
  readonly ctime: number;
  readonly memory: number;
}

/**
 * The portable table: one listing of all processes by pidtree, and pidusage for CPU time and memory of those that matter. Of pidusage
 * only `ctime` and `memory` hold; user and system are not told apart, threads and descriptors not told.
 * Run on Linux in the tests.
 */
export function createPidusageTable({ list = listProcesses, ask = askPidusage }: PidusageTools = {}): ProcessTable {
  const shared = shareWhilePending(() => list());
  return {
    async read(choose) {
      const statuses = await readStatuses(choose(await shared()), ask);
      return new Map([...statuses].map(([pid, status]) => [pid, toUsage(status)]));
    },
    close() {
      pidusage.clear();
      return Promise.resolve();
    },
  };
}

interface PidusageTools {
  readonly list?: () => Promise<readonly ListedProcess[]>;
  readonly ask?: AskStatuses;
}

/** The statuses of these pids; rejects, or leaves them out, where some have ended. */
type AskStatuses = (pids: readonly number[]) => Promise<Readonly<Record<string, Status | undefined>>>;

const askPidusage: AskStatuses = async (pids) => pidusage([...pids]);

function toUsage({ ctime, memory }: Status): ProcessUsage {
  return { cpuUserSeconds: ctime / 1000, cpuSystemSeconds: 0, rssBytes: memory, threads: null, fds: null };
}

async function readStatuses(pids: readonly number[], ask: AskStatuses): Promise<ReadonlyMap<number, Status>> {
  if (pids.length === 0) return new Map();
  try {
    return known(pids, await ask(pids));
  } catch {
    // One that ended meanwhile can fail the whole question: the others must not look ended for that.
    const each = await Promise.all(pids.map(async (pid) => known([pid], await ask([pid]).catch(() => ({})))));
    return new Map(each.flatMap((statuses) => [...statuses]));
  }
}

function known(pids: readonly number[], all: Readonly<Record<string, Status | undefined>>): Map<number, Status> {
  return new Map(pids.flatMap((pid) => (all[pid] ? [[pid, all[pid]] as const] : [])));
}

/**
 * Every process with its parent: all of them, not the root's tree alone, because a member whose parent ended stays a member.
 * On Windows (not yet run) `pidtree` asks `wmic`, or a PowerShell for each reading where that is gone.
 */
async function listProcesses(): Promise<readonly ListedProcess[]> {
  const everything = -1;
  const listed = await pidtree(everything, { advanced: true });
  return listed.map(({ pid, ppid }) => ({ pid, parentPid: ppid, startedAtMs: null }));
}
