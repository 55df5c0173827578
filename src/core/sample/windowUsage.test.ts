import { describe, expect, test } from 'vitest';
import type { TreeCounters } from './treeSampler';
import { windowUsage } from './windowUsage';

const reading = (changes: Partial<TreeCounters>): TreeCounters => ({
  atMs: 0,
  cpuUserSeconds: 0,
  cpuSystemSeconds: 0,
  rssBytes: 0,
  pssBytes: null,
  threads: 1,
  fds: 1,
  contextSwitches: null,
  diskWriteBytes: null,
  processes: [{ pid: 1, startTicks: 1 }],
  ...changes,
});
const alive = (...pids: number[]): Partial<TreeCounters> => ({
  processes: pids.map((pid) => ({ pid, startTicks: 7 })),
});

describe('the usage of a window', () => {
  test('takes CPU and bytes as end less start, whatever the samples say', () => {
    const start = reading({ cpuUserSeconds: 2, cpuSystemSeconds: 1, diskWriteBytes: 10, contextSwitches: 5 });
    const end = reading({ cpuUserSeconds: 5, cpuSystemSeconds: 1.5, diskWriteBytes: 14, contextSwitches: 25 });
    const usage = windowUsage(start, end, [reading({ cpuUserSeconds: 99 })]);
    expect(usage.cpuSeconds).toEqual({ user: 3, system: 0.5 });
    expect([usage.diskWriteBytes, usage.contextSwitches]).toEqual([4, 20]);
  });

  test('takes levels as means of the samples, and the peak of everything', () => {
    const samples = [reading({ rssBytes: 10, threads: 2, fds: 6 }), reading({ rssBytes: 20, threads: 3, fds: 8 })];
    const usage = windowUsage(reading({ rssBytes: 90 }), reading({ rssBytes: 1 }), samples);
    expect(usage).toMatchObject({ rssBytes: { mean: 15, peak: 90 }, threads: 2.5, fds: 7 });
  });

  test('falls back on start and end without samples', () => {
    expect(windowUsage(reading({ rssBytes: 10 }), reading({ rssBytes: 30 }), []).rssBytes).toEqual({
      mean: 20,
      peak: 30,
    });
  });

  test('has instructions where they were counted for as long as the tree ran', () => {
    const counted = (instructions: number, countedSeconds: number): Partial<TreeCounters> => ({
      instructions: { instructions, countedSeconds },
    });
    const start = reading({ cpuUserSeconds: 1, ...counted(1000, 0.5) });
    const ending = { cpuUserSeconds: 3, cpuSystemSeconds: 1 };
    expect(windowUsage(start, reading({ ...ending, ...counted(5000, 3.5) }), []).instructions).toBe(4000);
    // A third of the time somebody else had the counters, or a part of the tree was not attached to.
    expect(windowUsage(start, reading({ ...ending, ...counted(5000, 2.5) }), [])).not.toHaveProperty('instructions');
    expect(windowUsage(start, reading(ending), [])).not.toHaveProperty('instructions');
    expect(windowUsage(reading({}), reading({ ...ending, ...counted(5000, 4) }), [])).not.toHaveProperty(
      'instructions',
    );
  });

  test('has no figure where the platform has none', () => {
    const usage = windowUsage(reading({}), reading({ diskWriteBytes: 4 }), []);
    expect([usage.pssBytes, usage.contextSwitches, usage.diskWriteBytes]).toEqual([null, null, null]);
    const blind = { threads: null, fds: null };
    expect(windowUsage(reading(blind), reading(blind), [reading(blind)])).toMatchObject(blind);
  });

  test('takes PSS from the readings that have it', () => {
    expect(windowUsage(reading({ pssBytes: 10 }), reading({ pssBytes: 20 }), [reading({})]).pssBytes).toBe(15);
  });

  test('counts workers that ended, but neither the root nor a child that passed by', () => {
    const samples = [reading(alive(1, 2, 3, 50)), reading(alive(1, 3, 4)), reading(alive(1, 3, 4))];
    const usage = windowUsage(reading(alive(1, 2, 3)), reading(alive(3, 5)), samples);
    // 2 and 4 ended; 1 is the root; 50 was seen once.
    expect(usage.processRestarts).toBe(2);
  });
});
