import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pidusage from 'pidusage';
import { createCpuLedger } from './cpuLedger';
import type { TreeCounters, TreeSampler } from './treeSampler';
import { unixMs } from './unixMs';

const run = promisify(execFile);

interface ListedProcess {
  readonly pid: number;
  readonly parentPid: number;
}

interface Member extends ListedProcess {
  /** When it was first seen, ms: stands for the start time, which these listings do not tell finely. */
  readonly firstSeenMs: number;
}

/**
 * Reads a process tree where there is no /proc: one listing of all processes, and pidusage for CPU time and memory.
 * It sees less than the /proc sampler: CPU of children that ended between two readings is lost, user and system are not
 * told apart (all is user), threads and descriptors are 0 (unknown), PSS, switches and disk null.
 *
 * Run on Linux in the tests; not yet run on macOS and Windows.
 */
export function createPortableTreeSampler({ rootPid }: { readonly rootPid: number }): TreeSampler {
  const ledger = createCpuLedger(0);
  let members = new Map<number, Member>([[rootPid, { pid: rootPid, parentPid: 0, firstSeenMs: unixMs() }]]);
  let turn: Promise<unknown> = Promise.resolve();

  async function read(): Promise<TreeCounters> {
    members = findMembers(members, await listProcesses(), unixMs());
    const pids = [...members.keys()];
    // Of pidusage only these two figures hold; a process that ended meanwhile is missing.
    const usage: Readonly<Record<string, { readonly ctime: number; readonly memory: number } | undefined>> =
      pids.length === 0 ? {} : await pidusage(pids).catch(() => ({}));
    const live = [...members.values()].filter((member) => usage[member.pid] !== undefined);
    // No platform here tells what ended children had used, so a member that ends keeps its last figure for good.
    const entries = live.map((member) => ({
      key: keyOf(member),
      parent: null,
      own: (usage[member.pid]?.ctime ?? 0) / 1000,
      children: 0,
    }));
    return {
      atMs: unixMs(),
      cpuUserSeconds: ledger.update(entries),
      cpuSystemSeconds: 0,
      rssBytes: live.reduce((sum, member) => sum + (usage[member.pid]?.memory ?? 0), 0),
      pssBytes: null,
      threads: 0,
      fds: 0,
      contextSwitches: null,
      diskWriteBytes: null,
      processes: live.map(({ pid, firstSeenMs }) => ({
        pid,
        startTicks: firstSeenMs,
        cpuSeconds: (usage[pid]?.ctime ?? 0) / 1000,
      })),
    };
  }

  return {
    read() {
      const result = turn.then(read);
      turn = result.catch(() => undefined);
      return result;
    },
  };
}

/** Those that are still there, the root first, and every descendant of one. A double fork between two readings escapes. */
export function findMembers(
  before: ReadonlyMap<number, Member>,
  listed: readonly ListedProcess[],
  nowMs: number,
): Map<number, Member> {
  const present = new Map(listed.map((entry) => [entry.pid, entry]));
  const members = new Map([...before].filter(([pid]) => present.has(pid)));
  for (;;) {
    const joining = listed.filter((entry) => !members.has(entry.pid) && members.has(entry.parentPid));
    if (joining.length === 0) {
      return members;
    }
    joining.forEach((entry) => members.set(entry.pid, { ...entry, firstSeenMs: nowMs }));
  }
}

function keyOf(member: Member): string {
  return `${member.pid}:${member.firstSeenMs}`;
}

function listProcesses(): Promise<readonly ListedProcess[]> {
  return process.platform === 'win32' ? listByPowerShell() : listByPs();
}

async function listByPs(): Promise<readonly ListedProcess[]> {
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid='], { maxBuffer: 16 * 1024 * 1024 });
  return parseListing(stdout);
}

/** Not yet run. A PowerShell per reading is slow (some 300 ms of CPU that are not the target's). */
async function listByPowerShell(): Promise<readonly ListedProcess[]> {
  const command = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId)" }';
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command], {
    maxBuffer: 16 * 1024 * 1024,
    windowsHide: true,
  });
  return parseListing(stdout);
}

/** A line per process: its pid, its parent's. */
export function parseListing(text: string): readonly ListedProcess[] {
  const processes: ListedProcess[] = [];
  for (const line of text.split('\n')) {
    const [pid, parentPid] = line.trim().split(/\s+/).map(Number);
    if (pid !== undefined && parentPid !== undefined && Number.isInteger(pid) && pid > 0) {
      processes.push({ pid, parentPid });
    }
  }
  return processes;
}
