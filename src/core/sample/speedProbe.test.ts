import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLabProcess, testPython } from './labProcess';
import { findRunProcesses } from '../target/findRunProcesses';
import { runTagVariable } from '../target/processes';
import { allowedCores } from './coreList';
import { createSpeedProbe, type SpeedProbe, type SpeedProbeOptions } from './speedProbe';

describe('the speed probe', () => {
  let probe: SpeedProbe;
  beforeAll(async () => {
    probe = await createSpeedProbe({ pythonPath: testPython(), environment: {}, periodMs: 5 });
  });
  afterAll(async () => probe.close());

  /** Something else that takes so long, in a process of its own. */
  const burn = async (ms: number): Promise<void> => {
    const lab = startLabProcess();
    await lab.ask('burn', ms);
    await lab.close();
  };

  /** The cores on which a probe's pieces are done, ascending. */
  const coresInUse = async (options: Pick<SpeedProbeOptions, 'core'>): Promise<number[]> => {
    const tag = `test-${randomUUID()}`;
    const other = await createSpeedProbe({
      pythonPath: testPython(),
      environment: { [runTagVariable]: tag },
      periodMs: 5,
      ...options,
    });
    const [pid = 0] = findRunProcesses({ tag, groups: [], except: [] });
    other.begin();
    const seen = new Set<number>();
    const endMs = performance.now() + 500;
    while (performance.now() < endMs) {
      const now = allowedCores(pid);
      // All of them: it has not begun yet, or has just ended.
      if (now.length === 1) now.forEach((core) => seen.add(core));
      await setImmediate();
    }
    await other.end();
    await other.close();
    return [...seen].sort((one, two) => one - two);
  };

  test('times pieces of fixed work while a window is open, and what it used itself', async () => {
    probe.begin();
    await burn(300);
    const reading = await probe.end();
    expect(reading?.pieces).toBeGreaterThanOrEqual(10);
    expect(reading?.medianMs).toBeGreaterThan(0.05);
    expect(reading?.medianMs).toBeLessThan(20);
    expect(reading?.cpuSeconds).toBeGreaterThan(((reading?.pieces ?? 0) * 0.05) / 1000);
  });

  test.runIf(process.platform === 'linux')('runs on the core that it is given, and on no other', async () => {
    const allowed = allowedCores('self');
    const core = allowed.at(-1) ?? 0;
    expect(await coresInUse({ core })).toEqual([core]);
    expect(await coresInUse({})).toEqual(allowed);
  });

  test('says nothing of a window that was not begun, or was too short', async () => {
    expect(await probe.end()).toBeNull();
    probe.begin();
    expect(await probe.end()).toBeNull();
  });

  test('forgets a window that was never ended', async () => {
    probe.begin();
    await burn(300);
    probe.begin();
    expect(await probe.end()).toBeNull();
  });

  test('four times the work takes about four times as long', async () => {
    const double = await createSpeedProbe({ pythonPath: testPython(), environment: {}, periodMs: 5, repeats: 12 });
    // Side by side, so that both meet the same machine.
    probe.begin();
    double.begin();
    await burn(600);
    const [one, four] = [await probe.end(), await double.end()];
    await double.close();
    const ratio = (four?.medianMs ?? 0) / (one?.medianMs ?? 1);
    expect(ratio).toBeGreaterThan(2);
    expect(ratio).toBeLessThan(8);
  });

  test('is silently absent without an interpreter, or with one that does not work', async () => {
    for (const pythonPath of [null, '/nonexistent/python3', '/bin/true']) {
      const none = await createSpeedProbe({ pythonPath, environment: {} });
      none.begin();
      expect(await none.end()).toBeNull();
      await none.close();
    }
  });
});
