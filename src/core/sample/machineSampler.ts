import { readFileSync } from 'node:fs';
import { cpus, freemem, totalmem } from 'node:os';
import { tightestQuota } from './controlGroup';
import { readKernelUnits } from './kernelUnits';
import { hasProcFs } from './procFiles';
import type { MachineCounters } from './treeSampler';
import { unixMs } from './unixMs';

export interface MachineSampler {
  /**
   * Seconds are summed over all cores and only grow. `busySeconds` leaves out idle, waiting for disks, and what the
   * hypervisor gave to others (`stealSeconds`). Memory in use is total − available. `networkBytes` is what all interfaces
   * but `lo` received and sent: the load itself runs over `lo`, where each byte would count twice, and is counted by
   * generator and collector.
   */
  read(): MachineCounters;
}

/**
 * /proc where there is one, else what Node's `os` tells (not yet run on macOS and Windows): steal is 0 there, network null,
 * quotas too, and memory in use is total − free, which on macOS counts cached files as used.
 */
export function createMachineSampler(): MachineSampler {
  if (!hasProcFs) {
    return { read: readPortably };
  }
  const { ticksPerSecond } = readKernelUnits();
  const quota = tightestQuota('/proc/self/cgroup', '/sys');
  return {
    read: () => ({
      atMs: unixMs(),
      ...parseMachineCpu(readFileSync('/proc/stat', 'latin1'), ticksPerSecond),
      memoryUsedBytes: parseMemoryUsedBytes(readFileSync('/proc/meminfo', 'latin1')),
      networkBytes: parseNetworkBytes(readFileSync('/proc/net/dev', 'latin1')),
      quota: quota?.read() ?? null,
    }),
  };
}

/** First line of /proc/stat, proc_stat(5): user nice system idle iowait irq softirq steal guest guest_nice. */
export function parseMachineCpu(
  text: string,
  ticksPerSecond: number,
): { readonly busySeconds: number; readonly stealSeconds: number } {
  const line = text.slice(0, text.indexOf('\n'));
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(/\s+/).slice(1).map(Number);
  // Guests are inside user and nice already.
  return {
    busySeconds: (user + nice + system + irq + softirq) / ticksPerSecond,
    stealSeconds: steal / ticksPerSecond,
  };
}

export function parseMemoryUsedBytes(text: string): number {
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
  return (kilobytes('MemTotal') - kilobytes('MemAvailable')) * 1024;
}

/** /proc/net/dev: a line per interface, bytes received in the first column, bytes sent in the ninth. */
export function parseNetworkBytes(text: string): number {
  let bytes = 0;
  for (const line of text.split('\n').slice(2)) {
    const [name = '', figures] = line.split(':');
    if (figures !== undefined && name.trim() !== 'lo') {
      const columns = figures.trim().split(/\s+/).map(Number);
      bytes += (columns[0] ?? 0) + (columns[8] ?? 0);
    }
  }
  return bytes;
}

function readPortably(): MachineCounters {
  const busyMs = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return {
    atMs: unixMs(),
    busySeconds: busyMs / 1000,
    stealSeconds: 0,
    memoryUsedBytes: totalmem() - freemem(),
    networkBytes: null,
    quota: null,
  };
}
