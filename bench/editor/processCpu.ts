import type { Browser } from 'playwright-core';
import { readKernelUnits } from '../../src/core/sample/kernelUnits';
import { readProcStat } from '../../src/core/sample/procStat';

/** Processor seconds of processes since their start, by pid: user and system, of all threads (`/proc/PID/stat`, in steps of 10 ms). */
type CpuByPid = ReadonlyMap<number, number>;

export interface EditorCpu {
  readonly atMs: number;
  /** The browser's processes that hold pages: the workbench and, of the same origin here, its webviews. */
  readonly renderers: CpuByPid;
  /** All of the browser's processes: what draws, without a graphics card, is in it. */
  readonly browser: CpuByPid;
  readonly extensionHosts: CpuByPid;
}

/** Shares of one core. */
export type CpuShares = Readonly<Record<Exclude<keyof EditorCpu, 'atMs'>, number>>;

/** The counters now. */
export async function readEditorCpu(browser: Browser, extensionHosts: readonly number[]): Promise<EditorCpu> {
  const processes = await browserProcesses(browser);
  const renderers = processes.filter(({ type }) => type === 'renderer');
  return {
    atMs: performance.now(),
    renderers: cpuByPid(renderers.map(({ id }) => id)),
    browser: cpuByPid(processes.map(({ id }) => id)),
    extensionHosts: cpuByPid(extensionHosts),
  };
}

/** What was used between two readings; of a process that began in between, all of it. */
export function cpuShares(from: EditorCpu, to: EditorCpu): CpuShares {
  const share = (of: keyof CpuShares): number => {
    const usedSeconds = [...to[of]].reduce((sum, [pid, seconds]) => sum + seconds - (from[of].get(pid) ?? 0), 0);
    return usedSeconds / ((to.atMs - from.atMs) / 1000);
  };
  return { renderers: share('renderers'), browser: share('browser'), extensionHosts: share('extensionHosts') };
}

async function browserProcesses(browser: Browser): Promise<readonly { readonly type: string; readonly id: number }[]> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo;
  } finally {
    await session.detach();
  }
}

function cpuByPid(pids: readonly number[]): CpuByPid {
  const { ticksPerSecond } = readKernelUnits();
  return new Map(
    pids.flatMap((pid) => {
      const stat = readProcStat(pid);
      return stat === null ? [] : [[pid, (stat.userTicks + stat.systemTicks) / ticksPerSecond] as const];
    }),
  );
}
