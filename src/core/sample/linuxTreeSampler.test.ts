import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runTagVariable } from '../target/processes';
import { createCpuClock } from './cpuClock';
import { createInstructionCounter } from './instructionCounter';
import { startLabProcess, testPython, type LabProcess } from './labProcess';
import { createLinuxTreeSampler } from './linuxTreeSampler';
import type { CpuClock, TreeCounters } from './treeSampler';
import { windowUsage } from './windowUsage';

const ticks: CpuClock = {
  kind: 'ticks',
  read: () => Promise.resolve(new Map()),
  helperCpuSeconds: () => Promise.resolve(0),
  close: () => Promise.resolve(),
};
const open: LabProcess[] = [];

function startLab(environment?: Record<string, string>): LabProcess {
  const lab = startLabProcess(environment);
  open.push(lab);
  return lab;
}

const cpuOf = (counters: TreeCounters): number => counters.cpuUserSeconds + counters.cpuSystemSeconds;

beforeAll(testPython);
afterEach(async () => {
  await Promise.all(open.splice(0).map((lab) => lab.close()));
});

describe('instructions of a process tree', () => {
  test('are counted from the first reading on, in all that it is and all that it starts', async () => {
    const counter = await createInstructionCounter({ pythonPath: testPython(), environment: {}, event: '1:1' });
    if (typeof counter === 'string') throw new Error(counter);
    const clock = await createCpuClock({ pythonPath: testPython(), environment: {} });
    const lab = startLab();
    await lab.ask('start_child', 20);
    const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock, counter });
    const start = await sampler.read();
    await lab.ask('burn_in_children', 3, 40);
    await lab.ask('start_grandchild', 30);
    await lab.ask('burn_in_threads', 3, 20);
    const end = await sampler.read();
    // The event is the kernel's own task clock: a count of nanoseconds.
    const { instructions } = windowUsage(start, end, []);
    expect(cpuOf(end) - cpuOf(start)).toBeGreaterThan(0.2);
    // Of children that ended /proc tells whole ticks.
    expect(Math.abs((instructions ?? NaN) / 1e9 - (cpuOf(end) - cpuOf(start)))).toBeLessThan(0.05);
    await sampler.close();
    await Promise.all([clock.close(), counter.close()]);
  });

  test('are left out where nothing counts them', async () => {
    const sampler = createLinuxTreeSampler({ rootPid: startLab().pid, tag: null, clock: ticks });
    expect(await sampler.read()).not.toHaveProperty('instructions');
    await sampler.close();
  });
});

describe('CPU of a process tree', () => {
  test('counts children that lived and ended between two readings', async () => {
    const lab = startLab();
    const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks });
    const before = await lab.usageSeconds();
    const start = await sampler.read();
    await lab.ask('burn_in_children', 6, 50);
    const end = await sampler.read();
    const truth = (await lab.usageSeconds()) - before;
    expect(truth).toBeGreaterThan(0.3);
    expect(Math.abs(cpuOf(end) - cpuOf(start) - truth)).toBeLessThan(0.05);
  });

  test('is within 2 ms by the exact clock, with threads and children that ended', async () => {
    const lab = startLab();
    const clock = await createCpuClock({ pythonPath: testPython(), environment: {} });
    const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock });
    const before = await lab.usageSeconds();
    const start = await sampler.read();
    await lab.ask('burn_in_threads', 4, 25);
    const end = await sampler.read();
    const truth = (await lab.usageSeconds()) - before;
    await clock.close();
    expect(truth).toBeGreaterThan(0.1);
    expect(Math.abs(cpuOf(end) - cpuOf(start) - truth)).toBeLessThan(0.002);
  });

  test('stays when a child that was seen ends and is waited for, and is not counted twice', async () => {
    const lab = startLab();
    const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks });
    await lab.ask('start_child', 150);
    const alive = await sampler.read();
    await lab.ask('end_child');
    const justEnded = await sampler.read();
    const later = await sampler.read();
    const truth = await lab.usageSeconds();
    expect(alive.processes).toHaveLength(2);
    expect(later.processes).toHaveLength(1);
    expect(cpuOf(justEnded)).toBeGreaterThanOrEqual(cpuOf(alive));
    expect(cpuOf(later)).toBeGreaterThanOrEqual(cpuOf(justEnded));
    expect(Math.abs(cpuOf(later) - truth)).toBeLessThan(0.05);
  });

  test('keeps the share of a daemon that init waited for', async () => {
    const tag = `lab-${process.pid}-${Date.now()}`;
    const lab = startLab({ [runTagVariable]: tag });
    const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag, clock: ticks });
    await sampler.read();
    await lab.ask('keep_files', 1);
    const pid = Number(await lab.ask('daemon', 150));
    const alive = await sampler.read();
    expect(alive.processes.map((one) => one.pid)).toEqual([lab.pid, pid]);
    process.kill(pid, 'SIGKILL');
    let later = await sampler.read();
    while (later.processes.length > 1) {
      later = await sampler.read();
    }
    expect(cpuOf(later)).toBeGreaterThanOrEqual(cpuOf(alive));
    expect(cpuOf(alive)).toBeGreaterThan(0.13);
    // Of each process its own: the daemon's, not what the rest of the tree used.
    expect(alive.processes[1]?.cpuSeconds).toBeGreaterThan(0.13);
    expect(alive.processes.reduce((sum, one) => sum + (one.cpuSeconds ?? NaN), 0)).toBeLessThanOrEqual(cpuOf(alive));
  });

  test('of a tree that ended stays what it was, with no processes', async () => {
    const lab = startLab();
    await lab.ask('burn', 60);
    const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks });
    const last = await sampler.read();
    await lab.close();
    const after = await sampler.read({ thorough: true });
    expect(cpuOf(last)).toBeGreaterThan(0.05);
    expect(cpuOf(after)).toBe(cpuOf(last));
    expect(after.processes).toEqual([]);
    expect([after.rssBytes, after.threads, after.fds, after.pssBytes]).toEqual([0, 0, 0, null]);
  });

  test('does not take in a process beside the tree', async () => {
    const [lab, other] = [startLab(), startLab()];
    await other.ask('start_child', 1);
    await lab.ask('usage');
    const counters = await createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks }).read();
    expect(counters.processes.map((one) => one.pid)).toEqual([lab.pid]);
  });
});

describe('levels of a process tree', () => {
  test('threads, descriptors and memory follow what the process holds', async () => {
    const lab = startLab();
    await lab.ask('usage');
    const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks });
    const before = await sampler.read({ thorough: true });
    await lab.ask('keep_threads', 7);
    await lab.ask('keep_files', 11);
    await lab.ask('keep_megabytes', 40);
    const after = await sampler.read({ thorough: true });
    const megabyte = 1024 * 1024;
    expect((after.threads ?? 0) - (before.threads ?? 0)).toBe(7);
    expect((after.fds ?? 0) - (before.fds ?? 0)).toBe(11);
    expect((after.rssBytes - before.rssBytes) / megabyte).toBeGreaterThan(39);
    expect((after.rssBytes - before.rssBytes) / megabyte).toBeLessThan(44);
    // Not its growth: another Python that starts meanwhile takes its share of the pages of libraries.
    expect((after.pssBytes ?? 0) / megabyte).toBeGreaterThan(40);
    for (const { pssBytes, rssBytes } of [before, after]) expect(pssBytes).toBeLessThan(rssBytes);
    expect((before.pssBytes ?? Infinity) / megabyte).toBeLessThan(30);
  });

  test('context switches are read each time and count sleeps, PSS when asked thoroughly', async () => {
    const lab = startLab();
    const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks });
    const ownCount = async (): Promise<number> => Number(await lab.ask('switches'));
    const outerStart = await ownCount();
    const start = await sampler.read({ thorough: true });
    const innerStart = await ownCount();
    await lab.ask('switch', 100);
    const inner = (await ownCount()) - innerStart;
    const plain = await sampler.read();
    const end = await sampler.read({ thorough: true });
    expect(plain.contextSwitches).toBeGreaterThanOrEqual(start.contextSwitches ?? Infinity);
    expect([plain.pssBytes === null, end.pssBytes === null]).toEqual([true, false]);
    const { contextSwitches } = windowUsage(start, end, [plain]);
    expect(inner).toBeGreaterThanOrEqual(100);
    expect(contextSwitches).toBeGreaterThanOrEqual(inner);
    expect(contextSwitches).toBeLessThanOrEqual((await ownCount()) - outerStart);
  });

  test('bytes written by a child count once, before and after it is waited for', async () => {
    // Not on a memory file system: nothing is written to a disk there.
    const folder = mkdtempSync(join('/var/tmp', 'insights-lab-'));
    try {
      const lab = startLab();
      const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks });
      const start = await sampler.read();
      const writer = Number(await lab.ask('write_disk', join(folder, 'file'), 1_000_000));
      const written = await sampler.read();
      await lab.ask('end_writer', writer);
      const end = await sampler.read();
      const { diskWriteBytes } = windowUsage(start, written, []);
      expect(diskWriteBytes).toBeGreaterThanOrEqual(1_000_000);
      expect(diskWriteBytes).toBeLessThan(1_300_000);
      expect(windowUsage(start, end, []).diskWriteBytes).toBe(diskWriteBytes);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a worker that ended is a restart, the root is none', async () => {
    const lab = startLab();
    await lab.ask('start_child', 1);
    const sampler = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock: ticks });
    const start = await sampler.read();
    await lab.ask('end_child');
    await lab.ask('start_child', 1);
    const end = await sampler.read();
    expect(windowUsage(start, end, []).processRestarts).toBe(1);
  });
});
