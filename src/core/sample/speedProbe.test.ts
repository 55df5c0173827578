import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLabProcess, testPython } from './labProcess';
import { createSpeedProbe, type SpeedProbe } from './speedProbe';

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

  test('times pieces of fixed work while a window is open, and what it used itself', async () => {
    probe.begin();
    await burn(300);
    const reading = await probe.end();
    expect(reading?.pieces).toBeGreaterThanOrEqual(10);
    expect(reading?.medianMs).toBeGreaterThan(0.05);
    expect(reading?.medianMs).toBeLessThan(20);
    expect(reading?.cpuSeconds).toBeGreaterThan(((reading?.pieces ?? 0) * 0.05) / 1000);
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
