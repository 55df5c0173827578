import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findRunProcesses } from '../target/findRunProcesses';
import { runTagVariable } from '../target/processes';
import { createInstructionCounter, type InstructionCounter } from './instructionCounter';
import { startLabProcess, testPython, type LabProcess } from './labProcess';

/** The kernel's task clock, in ns: it is on every machine, and what it must come to is known. */
const taskClock = '1:1';
const closers: (() => Promise<void>)[] = [];

beforeAll(testPython);
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function startCounter(environment: Record<string, string> = {}): Promise<InstructionCounter> {
  const counter = await createInstructionCounter({ pythonPath: testPython(), environment, event: taskClock });
  if (typeof counter === 'string') throw new Error(counter);
  closers.push(async () => counter.close());
  return counter;
}

function startLab(): LabProcess {
  const lab = startLabProcess();
  closers.push(async () => lab.close());
  return lab;
}

describe('the instruction counter', () => {
  test.each([
    ['the thread that was there', async (lab: LabProcess) => lab.ask('burn', 200)],
    ['threads that begin and end', async (lab: LabProcess) => lab.ask('burn_in_threads', 4, 50)],
    ['children that begin and end', async (lab: LabProcess) => lab.ask('burn_in_children', 4, 50)],
    ['a child that lives on', async (lab: LabProcess) => lab.ask('start_child', 200)],
    ['a daemon that left the tree', async (lab: LabProcess) => lab.ask('daemon', 200)],
  ])('counts %s, and for how long it counted', async (_, work) => {
    const counter = await startCounter();
    const lab = startLab();
    await lab.ask('usage');
    const attached = await counter.attach([lab.pid]);
    const before = await attached?.read();
    await work(lab);
    const after = await attached?.read();
    const counted = ((after?.instructions ?? NaN) - (before?.instructions ?? NaN)) / 1e9;
    // Python's own start and end come on top of the work.
    expect(counted).toBeGreaterThanOrEqual(0.2);
    expect(counted).toBeLessThan(0.6);
    expect((after?.countedSeconds ?? NaN) - (before?.countedSeconds ?? NaN)).toBeCloseTo(counted, 2);
    await attached?.detach();
  });

  test('counts threads that were there before it', async () => {
    const counter = await startCounter();
    const lab = startLab();
    await lab.ask('start_child', 1);
    await lab.ask('keep_threads', 30);
    const attached = await counter.attach([lab.pid]);
    await lab.ask('burn', 100);
    const { instructions = NaN } = (await attached?.read()) ?? {};
    expect(instructions).toBeGreaterThanOrEqual(0.1e9);
    expect(instructions).toBeLessThan(0.2e9);
  });

  test('keeps several trees apart, and what one of them had when it ended', async () => {
    const counter = await startCounter();
    const [busy, idle] = [startLab(), startLab()];
    await Promise.all([busy.ask('usage'), idle.ask('usage')]);
    const [ofBusy, ofIdle] = [await counter.attach([busy.pid]), await counter.attach([idle.pid])];
    await busy.ask('burn', 100);
    await busy.close();
    expect((await ofBusy?.read())?.instructions).toBeGreaterThanOrEqual(0.1e9);
    expect((await ofIdle?.read())?.instructions).toBeLessThan(0.05e9);
    await ofBusy?.detach();
    expect(await ofBusy?.read()).toBeNull();
    expect(await ofIdle?.read()).not.toBeNull();
  });

  test('does not attach to a process that has ended', async () => {
    const counter = await startCounter();
    const lab = startLab();
    await lab.close();
    expect(await counter.attach([lab.pid])).toBeNull();
  });

  test('knows what its helper used itself, and goes on without it', async () => {
    const tag = `counter-${process.pid}-${Date.now()}`;
    const counter = await startCounter({ [runTagVariable]: tag });
    const attached = await counter.attach([process.pid]);
    const used = await counter.helperCpuSeconds();
    expect(used).toBeGreaterThan(0);
    const [helper] = findRunProcesses({ tag, groups: [], except: [] });
    process.kill(helper ?? 0, 'SIGKILL');
    // Until the news of its end is here it may still answer, or not.
    while ((await attached?.read()) !== null);
    expect(await counter.attach([process.pid])).toBeNull();
    expect(await counter.helperCpuSeconds()).toBeGreaterThanOrEqual(used);
    await attached?.detach();
  });

  test.each([
    ['there is no Python', null],
    ['the Python does not exist', '/nowhere/python3'],
  ])('is not there when %s', async (_, pythonPath) => {
    expect(await createInstructionCounter({ pythonPath, environment: {} })).toBe('no_counters');
  });

  test.each([
    ['the machine has no such counter', '{"errno": 2}', 'no_counters'],
    ['the system has no such call', '{"errno": 38}', 'no_counters'],
    ['the kernel does not let this user', '{"errno": 13}', 'not_permitted'],
    ['a container does not let this user', '{"errno": 1}', 'not_permitted'],
    ['its counters stand still', '{"instructions": 0, "countedSeconds": 0.01}', 'no_counters'],
    ['what answers is no helper', 'Python 2.7', 'no_counters'],
  ])('is not there when %s', async (_, answer, why) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'counter-'));
    closers.push(async () => rm(folder, { recursive: true }));
    const program = path.join(folder, 'python');
    writeFileSync(program, `#!/bin/sh\nwhile read -r question; do echo '${answer}'; done\n`);
    chmodSync(program, 0o755);
    const options = { pythonPath: program, environment: { PATH: process.env['PATH'] ?? '' } };
    expect(await createInstructionCounter(options)).toBe(why);
  });

  test('is not there for an event that the kernel does not know', async () => {
    const options = { pythonPath: testPython(), environment: {}, event: '1:9999' } as const;
    expect(await createInstructionCounter(options)).toBe('no_counters');
  });
});
