import { describe, expect, test } from 'vitest';
import { busiestProcessCores } from './busiestProcess';
import type { TreeCounters } from './treeSampler';

function reading(atMs: number, processes: TreeCounters['processes']): TreeCounters {
  const levels = { rssBytes: 0, pssBytes: null, threads: 0, fds: 0, contextSwitches: null, diskWriteBytes: null };
  return { atMs, cpuUserSeconds: 0, cpuSystemSeconds: 0, ...levels, processes };
}

describe('the busiest process', () => {
  test('is found among those of the same pid and start', () => {
    const start = reading(0, [
      { pid: 1, startTicks: 1, cpuSeconds: 5 },
      { pid: 2, startTicks: 1, cpuSeconds: 1 },
      { pid: 3, startTicks: 1, cpuSeconds: 9 },
    ]);
    const end = reading(10_000, [
      { pid: 1, startTicks: 1, cpuSeconds: 5.1 },
      { pid: 2, startTicks: 1, cpuSeconds: 8 },
      { pid: 3, startTicks: 2, cpuSeconds: 6 },
    ]);
    expect(busiestProcessCores(start, end)).toBeCloseTo(0.7);
  });

  test('is unknown where nothing is known of single processes, or no time went by', () => {
    const blind = [{ pid: 1, startTicks: 1 }];
    expect(busiestProcessCores(reading(0, blind), reading(1000, blind))).toBeNull();
    expect(busiestProcessCores(reading(0, []), reading(0, [{ pid: 1, startTicks: 1, cpuSeconds: 1 }]))).toBeNull();
  });
});
