import type { Usage } from '../../shared/record';
import type { TreeCounters } from './treeSampler';

/** Of a tree that is out of reach. */
export const unseenUsage: Usage = {
  cpuSeconds: null,
  rssBytes: null,
  pssBytes: null,
  threads: null,
  fds: null,
  contextSwitches: null,
  diskWriteBytes: null,
  processRestarts: null,
};

/**
 * What a tree used between two readings. Cumulative figures (CPU, switches, bytes) are end − start, never an integral of
 * percentages; levels (memory, threads, descriptors) are the mean, and peak, of the samples in between, or of start and end
 * when there are none. Figures that neither start nor end has are null.
 */
export function windowUsage(start: TreeCounters, end: TreeCounters, samples: readonly TreeCounters[]): Usage {
  const levels = samples.length > 0 ? samples : [start, end];
  const all = [start, ...samples, end];
  return {
    cpuSeconds: {
      user: end.cpuUserSeconds - start.cpuUserSeconds,
      system: end.cpuSystemSeconds - start.cpuSystemSeconds,
    },
    rssBytes: {
      mean: meanOf(levels.map((counters) => counters.rssBytes)),
      peak: Math.max(...all.map((counters) => counters.rssBytes)),
    },
    pssBytes: meanOfKnown(all.map((counters) => counters.pssBytes)),
    threads: meanOfKnown(levels.map((counters) => counters.threads)),
    fds: meanOfKnown(levels.map((counters) => counters.fds)),
    contextSwitches: growth(start.contextSwitches, end.contextSwitches),
    diskWriteBytes: growth(start.diskWriteBytes, end.diskWriteBytes),
    processRestarts: countRestarts(all),
  };
}

/**
 * Processes that ended inside the window, the root (first of the first reading) not counted: workers that were replaced or
 * died. One that only a single reading saw is a passing child, not a worker.
 */
function countRestarts(readings: readonly TreeCounters[]): number {
  const keyed = readings.map((reading) => reading.processes.map((entry) => `${entry.pid}:${entry.startTicks}`));
  const root = keyed[0]?.[0];
  const alive = new Set(keyed.at(-1));
  const sightings = new Map<string, number>();
  for (const key of keyed.flat()) {
    sightings.set(key, (sightings.get(key) ?? 0) + 1);
  }
  const wasThereAtStart = new Set(keyed[0]);
  const isWorker = ([key, times]: readonly [string, number]): boolean => times > 1 || wasThereAtStart.has(key);
  return [...sightings].filter((entry) => isWorker(entry) && entry[0] !== root && !alive.has(entry[0])).length;
}

function growth(start: number | null, end: number | null): number | null {
  return start === null || end === null ? null : end - start;
}

/** Null when no reading has the figure. */
function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : meanOf(known);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
