import type { TreeCounters } from './treeSampler';

/**
 * Cores that the busiest process of a tree used on average between two readings; null where the platform does not tell processes
 * apart. A worker that was started in between counts from its start.
 */
export function busiestProcessCores(start: TreeCounters, end: TreeCounters): number | null {
  const seconds = (end.atMs - start.atMs) / 1000;
  if (seconds <= 0) return null;
  const before = new Map(start.processes.map((entry) => [`${entry.pid}:${entry.startTicks}`, entry.cpuSeconds ?? 0]));
  const used = end.processes.flatMap((entry) =>
    entry.cpuSeconds === undefined ? [] : [entry.cpuSeconds - (before.get(`${entry.pid}:${entry.startTicks}`) ?? 0)],
  );
  return used.length === 0 ? null : Math.max(...used) / seconds;
}
