import type { Usage } from '../../shared/record';
import type { TreeCounters } from './treeSampler';

/** Of the CPU time in which instructions must have been counted. */
const leastCountedShare = 0.98;
/** Kernel ticks, at either edge. */
const clockStepSeconds = 0.02;

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
    ...countedInstructions(start, end),
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

/** Nothing where they were not counted for as long as the tree ran: a part of it is no figure. */
function countedInstructions(start: TreeCounters, end: TreeCounters): Pick<Usage, 'instructions'> {
  const [from, to] = [start.instructions, end.instructions];
  if (!from || !to) return {};
  const cpuSeconds = end.cpuUserSeconds + end.cpuSystemSeconds - start.cpuUserSeconds - start.cpuSystemSeconds;
  const isWhole = to.countedSeconds - from.countedSeconds >= cpuSeconds * leastCountedShare - clockStepSeconds;
  return isWhole ? { instructions: to.instructions - from.instructions } : {};
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
