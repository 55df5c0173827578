import { beforeAll, describe, expect, test } from 'vitest';
import { createCpuClock } from './cpuClock';
import { startLabProcess, testPython } from './labProcess';
import { readProcStat } from './procStat';
import { runTagVariable } from '../target/processes';
import { findRunProcesses } from '../target/findRunProcesses';

beforeAll(testPython);

describe('the CPU clock', () => {
  test('agrees with the ticks over a second burnt by threads that ended, to the ticks’ own coarseness', async () => {
    const clock = await createCpuClock({ pythonPath: testPython(), environment: {} });
    expect(clock.kind).toBe('posix');
    const lab = startLabProcess();
    await lab.ask('usage');
    const ticksOf = (): number => {
      const stat = readProcStat(lab.pid);
      return stat === null ? NaN : (stat.userTicks + stat.systemTicks) / 100;
    };
    const [ticksBefore, exactBefore] = [ticksOf(), (await clock.read([lab.pid])).get(lab.pid) ?? NaN];
    await lab.ask('burn_in_threads', 20, 50);
    const exact = ((await clock.read([lab.pid])).get(lab.pid) ?? NaN) - exactBefore;
    const byTicks = ticksOf() - ticksBefore;
    await lab.close();
    await clock.close();
    expect(exact).toBeGreaterThan(1);
    expect(Math.abs(exact - byTicks)).toBeLessThan(0.03);
  });

  test('knows what its helper used itself: nothing without one, never less than before', async () => {
    const clock = await createCpuClock({ pythonPath: testPython(), environment: {} });
    const before = await clock.helperCpuSeconds();
    for (let question = 0; question < 200; question += 1) await clock.read([process.pid]);
    const after = await clock.helperCpuSeconds();
    expect(before).toBeGreaterThan(0);
    expect(after).toBeGreaterThan(before);
    await clock.close();
    expect(await clock.helperCpuSeconds()).toBe(after);
    const none = await createCpuClock({ pythonPath: null, environment: {} });
    expect(await none.helperCpuSeconds()).toBe(0);
  });

  test('knows nothing of a process that ended', async () => {
    const clock = await createCpuClock({ pythonPath: testPython(), environment: {} });
    const lab = startLabProcess();
    expect((await clock.read([lab.pid, process.pid])).size).toBe(2);
    await lab.close();
    expect([...(await clock.read([lab.pid, process.pid])).keys()]).toEqual([process.pid]);
    await clock.close();
  });

  test('degrades to ticks when its helper dies, and answers on', async () => {
    const tag = `clock-${process.pid}-${Date.now()}`;
    const clock = await createCpuClock({ pythonPath: testPython(), environment: { [runTagVariable]: tag } });
    expect(clock.kind).toBe('posix');
    const [helper] = findRunProcesses({ tag, groups: [], except: [] });
    expect(helper).toBeDefined();
    process.kill(helper ?? 0, 'SIGKILL');
    // Until the news of its end is here it may still answer, or not.
    while (clock.kind === 'posix') {
      await clock.read([process.pid]);
    }
    expect((await clock.read([process.pid])).size).toBe(0);
    await clock.close();
  });

  test.each([
    ['there is no Python', null],
    ['the Python does not exist', '/nowhere/python3'],
    ['the program is no Python', '/bin/true'],
  ])('is ticks when %s', async (_, pythonPath) => {
    const clock = await createCpuClock({ pythonPath, environment: {} });
    expect(clock.kind).toBe('ticks');
    expect((await clock.read([process.pid])).size).toBe(0);
    await clock.close();
  });

  test('answers many questions at once, each with its own', async () => {
    const clock = await createCpuClock({ pythonPath: testPython(), environment: {} });
    const answers = await Promise.all([process.pid, 1, process.pid].map((pid) => clock.read([pid])));
    await clock.close();
    expect(answers.map((answer) => [...answer.keys()])).toEqual([[process.pid], [1], [process.pid]]);
  });
});
