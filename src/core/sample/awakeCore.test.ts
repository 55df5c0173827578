import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRunProcesses } from '../target/findRunProcesses';
import { runTagVariable } from '../target/processes';
import { createAwakeCore } from './awakeCore';
import { allowedCores } from './coreList';

describe('the core that is kept awake', () => {
  const tag = `test-${randomUUID()}`;
  const environment = { PATH: process.env['PATH'] ?? '', [runTagVariable]: tag };
  let sysFolder: string;
  beforeEach(async () => {
    sysFolder = await mkdtemp(path.join(os.tmpdir(), 'awake-core-'));
  });
  afterEach(async () => rm(sysFolder, { recursive: true }));

  const loops = (): readonly number[] => findRunProcesses({ tag, groups: [], except: [] });
  const setSiblings = async (core: number, siblings: string): Promise<void> => {
    const folder = path.join(sysFolder, 'devices', 'system', 'cpu', `cpu${core}`, 'topology');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'thread_siblings_list'), `${siblings}\n`);
  };
  /** Two that this process may use; the first alone where there is no other. */
  const ownCores = (): readonly [number, number] => {
    const [first = 0, second = first + 1] = allowedCores('self');
    return [first, second];
  };

  test('runs a loop behind everything else, on it alone, and counts what that used', async () => {
    const [core, appCore] = ownCores();
    const awake = await createAwakeCore({ appCore, otherCores: [core], environment, sysFolder });
    expect(awake?.core).toBe(core);
    expect(awake?.cpuSeconds()).toBe(0);
    const letSleep = awake?.keep();
    await expect.poll(() => awake?.cpuSeconds(), { timeout: 10_000 }).toBeGreaterThan(0.05);
    const [pid, ...more] = loops();
    expect(more).toEqual([]);
    const schedule = await readFile(`/proc/${pid}/sched`, 'latin1');
    // SCHED_IDLE, include/uapi/linux/sched.h.
    expect(schedule).toMatch(/^policy\s*:\s*5$/m);
    expect(allowedCores(pid ?? 0)).toEqual([core]);
    const autogroup = await readFile(`/proc/${pid}/autogroup`, 'latin1').catch(() => 'nice 19');
    expect(autogroup.trim()).toMatch(/nice 19$/);
    await letSleep?.();
    expect(loops()).toEqual([]);
    const used = awake?.cpuSeconds() ?? 0;
    expect(used).toBeGreaterThan(0.05);
    expect(awake?.cpuSeconds()).toBe(used);
    // The next one adds to it.
    const again = awake?.keep();
    await expect.poll(() => awake?.cpuSeconds(), { timeout: 10_000 }).toBeGreaterThan(used + 0.02);
    await again?.();
  });

  test("is none that shares its hardware with the app's", async () => {
    const [core] = ownCores();
    await setSiblings(7, `${core},7`);
    expect(await createAwakeCore({ appCore: 7, otherCores: [core], environment, sysFolder })).toBeNull();
    await setSiblings(7, '6-7');
    expect((await createAwakeCore({ appCore: 7, otherCores: [6, core], environment, sysFolder }))?.core).toBe(core);
  });

  test('is none where there is no chrt', async () => {
    const [core, appCore] = ownCores();
    const without = { ...environment, PATH: sysFolder };
    expect(await createAwakeCore({ appCore, otherCores: [core], environment: without, sysFolder })).toBeNull();
  });
});
