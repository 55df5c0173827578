import type { TreeSecond } from '../../shared/events';
import type { TreeCounters } from '../sample/treeSampler';

/** What is known of a tree that is out of reach. */
export const unseenSecond: TreeSecond = { cpuCores: null, rssBytes: null, threads: null, fds: null };

/** What a tree did between two readings, per second; levels are those of the second reading. */
export function treeSecond(before: TreeCounters, now: TreeCounters): TreeSecond {
  const seconds = (now.atMs - before.atMs) / 1000;
  const cpuSeconds = cpuOf(now) - cpuOf(before);
  const instructions = growthPerSecond(countOf(before), countOf(now), seconds);
  return {
    cpuCores: seconds > 0 ? Math.max(0, cpuSeconds) / seconds : 0,
    rssBytes: now.rssBytes,
    threads: now.threads,
    fds: now.fds,
    pssBytes: now.pssBytes,
    contextSwitchesPerSecond: growthPerSecond(before.contextSwitches, now.contextSwitches, seconds),
    diskWriteBytesPerSecond: growthPerSecond(before.diskWriteBytes, now.diskWriteBytes, seconds),
    ...(instructions === null ? {} : { instructionsPerSecond: instructions }),
  };
}

/** How fast a counter grew; null when either reading lacks it or no time has passed. */
export function growthPerSecond(before: number | null, now: number | null, seconds: number): number | null {
  return before === null || now === null || seconds <= 0 ? null : Math.max(0, now - before) / seconds;
}

const countOf = ({ instructions }: TreeCounters): number | null => instructions?.instructions ?? null;

const cpuOf = (counters: TreeCounters): number => counters.cpuUserSeconds + counters.cpuSystemSeconds;
