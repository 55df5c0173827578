import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startLabProcess, testPython, type LabProcess } from './labProcess';
import { createLinuxTreeSampler } from './linuxTreeSampler';
import { createPidusageTable } from './pidusageTable';
import type { ProcessTable } from './processTable';
import { createPsTable } from './psTable';
import { findMembers, createTableTreeSampler, type TableMember } from './tableTreeSampler';
import type { TreeCounters } from './treeSampler';

beforeAll(testPython);

const ticks = {
  kind: 'ticks' as const,
  read: () => Promise.resolve(new Map()),
  helperCpuSeconds: () => Promise.resolve(0),
  close: () => Promise.resolve(),
};
const cpuOf = (counters: TreeCounters): number => counters.cpuUserSeconds + counters.cpuSystemSeconds;
const pidsOf = (counters: TreeCounters): number[] => counters.processes.map(({ pid }) => pid).sort((a, b) => a - b);

function startLab(): LabProcess {
  const lab = startLabProcess();
  onTestFinished(() => lab.close());
  return lab;
}

function openTable(table: ProcessTable): ProcessTable {
  onTestFinished(() => table.close());
  return table;
}

describe('the portable sampler (pidusage)', () => {
  test('agrees with /proc on CPU, memory and members of a tree of children and grandchildren that come and end', async () => {
    const lab = startLab();
    await lab.ask('start_child', 10);
    const portable = createTableTreeSampler({ rootPid: lab.pid, table: openTable(createPidusageTable()) });
    const linux = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks });
    const before = [await portable.read(), await linux.read()] as const;

    await lab.ask('burn', 300);
    await lab.ask('start_grandchild', 300);
    await lab.ask('start_child', 300);
    await lab.ask('keep_megabytes', 30);
    const during = [await portable.read(), await linux.read()] as const;
    expect(pidsOf(during[0])).toEqual(pidsOf(during[1]));
    expect(during[0].processes).toHaveLength(4);
    expect(Math.abs(during[0].rssBytes / during[1].rssBytes - 1)).toBeLessThan(0.03);

    await lab.ask('end_child');
    const after = [await portable.read(), await linux.read()] as const;
    expect(pidsOf(after[0])).toEqual(pidsOf(after[1]));
    expect(after[0].processes).toHaveLength(3);
    const [seconds, linuxSeconds] = [cpuOf(after[0]) - cpuOf(before[0]), cpuOf(after[1]) - cpuOf(before[1])];
    expect(linuxSeconds).toBeGreaterThan(0.85);
    expect(Math.abs(seconds / linuxSeconds - 1)).toBeLessThan(0.05);
  });

  test('keeps the CPU of a tree that ended', async () => {
    const lab = startLab();
    await lab.ask('burn', 60);
    const sampler = createTableTreeSampler({ rootPid: lab.pid, table: openTable(createPidusageTable()) });
    const last = await sampler.read();
    await lab.close();
    const after = await sampler.read();
    expect(cpuOf(last)).toBeGreaterThan(0.05);
    expect([cpuOf(after), after.processes.length, after.rssBytes]).toEqual([cpuOf(last), 0, 0]);
  });

  test('does not take the others for ended because one ended between listing and reading', async () => {
    const listed = [10, 11, 12].map((pid) => ({ pid, parentPid: 10, startedAtMs: null }));
    const ask = (pids: readonly number[]) =>
      pids.includes(11)
        ? Promise.reject(new Error('No matching pid found'))
        : Promise.resolve(Object.fromEntries(pids.map((pid) => [pid, { ctime: 70, memory: 5 }])));
    const table = openTable(createPidusageTable({ list: () => Promise.resolve(listed), ask }));
    const counters = await createTableTreeSampler({ rootPid: 10, table }).read();
    expect(pidsOf(counters)).toEqual([10, 12]);
    expect(cpuOf(counters)).toBeCloseTo(0.14, 9);
  });

  test('says that it does not know what it cannot read', async () => {
    const lab = startLab();
    const counters = await createTableTreeSampler({ rootPid: lab.pid, table: openTable(createPidusageTable()) }).read();
    const { threads, fds, pssBytes, contextSwitches, diskWriteBytes } = counters;
    expect({ threads, fds, pssBytes, contextSwitches, diskWriteBytes }).toEqual({
      threads: null,
      fds: null,
      pssBytes: null,
      contextSwitches: null,
      diskWriteBytes: null,
    });
  });
});

describe("the sampler of macOS, by this machine's own ps", () => {
  test('agrees with /proc on members and memory, and on CPU as finely as this ps tells', async () => {
    const lab = startLab();
    await lab.ask('start_child', 10);
    await lab.ask('burn', 1200);
    const sampler = createTableTreeSampler({ rootPid: lab.pid, table: openTable(createPsTable()) });
    const [counters, linux] = [
      await sampler.read(),
      await createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks }).read(),
    ];
    expect(pidsOf(counters)).toEqual(pidsOf(linux));
    expect(Math.abs(counters.rssBytes / linux.rssBytes - 1)).toBeLessThan(0.03);
    // Linux's ps cuts to whole seconds, macOS's to hundredths.
    expect(cpuOf(counters)).toBeGreaterThanOrEqual(1);
    expect(cpuOf(counters)).toBeLessThanOrEqual(cpuOf(linux));
  });
});

describe('the members of a tree in a listing', () => {
  const root: TableMember = { pid: 10, parentPid: 1, startedAtMs: 1000, firstSeenMs: 5 };
  const members = new Map([[10, root]]);
  const listed = (pid: number, parentPid: number, startedAtMs: number | null = null) => ({
    pid,
    parentPid,
    startedAtMs,
  });

  test('are found in any order, at any depth', () => {
    const found = findMembers(members, [listed(12, 11), listed(11, 10), listed(10, 1), listed(13, 1)], 7);
    expect([...found.keys()]).toEqual([10, 11, 12]);
    expect(found.get(12)).toEqual({ ...listed(12, 11), firstSeenMs: 7 });
  });

  test('stay members when their parent ends', () => {
    const before = findMembers(members, [listed(10, 1), listed(11, 10), listed(12, 11)], 7);
    expect([...findMembers(before, [listed(10, 1), listed(12, 1)], 8).keys()]).toEqual([10, 12]);
  });

  test('do not hold a pid that was given to another process, nor one whose parent of that number is younger', () => {
    expect([...findMembers(members, [listed(10, 1, 9000)], 7).keys()]).toEqual([]);
    const older = [listed(10, 1, 1000), listed(11, 10, 400), listed(12, 10, 1400)];
    expect([...findMembers(members, older, 7).keys()]).toEqual([10, 12]);
  });
});
