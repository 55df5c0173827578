import pidusage from 'pidusage';
import { shareWhilePending, type ListedProcess, type ProcessTable, type ProcessUsage } from './processTable';
import { runTool, type RunTool } from './runTool';

interface Status {
  /** CPU so far, ms. */
  readonly ctime: number;
  readonly memory: number;
}

/**
 * The portable table: one listing of all processes, and pidusage for CPU time and memory of those that matter. Of pidusage
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

const powerShellWords = ['-NoProfile', '-NonInteractive', '-Command'] as const;
const powerShellListing = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId)" }';

/** Every process with its parent, by `ps`; on Windows (not yet run) by a PowerShell for each reading, which is slow. */
async function listProcesses(run: RunTool = runTool): Promise<readonly ListedProcess[]> {
  const isWindows = process.platform === 'win32';
  const text = isWindows
    ? await run('powershell.exe', [...powerShellWords, powerShellListing])
    : await run('ps', ['-axo', 'pid,ppid']);
  return parseListing(text);
}

/** A line per process, its pid and its parent's, under a header. */
export function parseListing(text: string): readonly ListedProcess[] {
  return text.split('\n').flatMap((line): ListedProcess[] => {
    const [pid, parentPid] = line.trim().split(/\s+/).map(Number);
    return pid !== undefined && parentPid !== undefined && Number.isInteger(pid) && pid > 0
      ? [{ pid, parentPid, startedAtMs: null }]
      : [];
  });
}
