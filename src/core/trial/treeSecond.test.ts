import { describe, expect, test } from 'vitest';
import type { TreeCounters } from '../sample/treeSampler';
import { growthPerSecond, treeSecond } from './treeSecond';

const reading = (changes: Partial<TreeCounters>): TreeCounters => ({
  atMs: 0,
  cpuUserSeconds: 1,
  cpuSystemSeconds: 1,
  rssBytes: 10,
  pssBytes: null,
  threads: 1,
  fds: 1,
  contextSwitches: 100,
  diskWriteBytes: 1000,
  processes: [],
  ...changes,
});

describe('a second of a tree', () => {
  test('divides what grew by the time that passed, and takes levels as they are at its end', () => {
    const end = { atMs: 2000, cpuUserSeconds: 1.5, cpuSystemSeconds: 1.5, contextSwitches: 150, diskWriteBytes: 5000 };
    const levels = { rssBytes: 30, pssBytes: 20, threads: 4, fds: 9 };
    expect(treeSecond(reading({}), reading({ ...end, ...levels }))).toEqual({
      cpuCores: 0.5,
      contextSwitchesPerSecond: 25,
      diskWriteBytesPerSecond: 2000,
      ...levels,
    });
  });

  test('has instructions where they are counted', () => {
    const counted = (instructions: number): Partial<TreeCounters> => ({
      instructions: { instructions, countedSeconds: 0 },
    });
    const second = treeSecond(reading(counted(1000)), reading({ ...counted(9000), atMs: 2000 }));
    expect(second.instructionsPerSecond).toBe(4000);
    expect(treeSecond(reading({}), reading({ ...counted(9000), atMs: 2000 }))).not.toHaveProperty(
      'instructionsPerSecond',
    );
  });

  test('has no figure where the platform has none', () => {
    const blind = { contextSwitches: null, diskWriteBytes: null, threads: null, fds: null };
    expect(treeSecond(reading(blind), reading({ ...blind, atMs: 1000 }))).toMatchObject({
      contextSwitchesPerSecond: null,
      diskWriteBytesPerSecond: null,
      threads: null,
      fds: null,
    });
  });

  test('never shows a counter that shrinks, nor a rate over no time', () => {
    expect(growthPerSecond(5, 3, 1)).toBe(0);
    expect(growthPerSecond(5, 8, 0)).toBeNull();
    expect(treeSecond(reading({}), reading({ cpuUserSeconds: 9 })).cpuCores).toBe(0);
  });
});
