import { beforeAll, describe, expect, test } from 'vitest';
import { startLabProcess, testPython } from './labProcess';
import { createCpuClock } from './cpuClock';
import { createLinuxTreeSampler } from './linuxTreeSampler';
import { createPortableTreeSampler, parseListing } from './portableTreeSampler';

beforeAll(testPython);

describe('the portable sampler', () => {
  test('agrees with /proc on CPU, memory and members of a burning tree', async () => {
    const lab = startLabProcess();
    await lab.ask('start_child', 10);
    const clock = await createCpuClock({ pythonPath: null, environment: {} });
    const portable = createPortableTreeSampler({ rootPid: lab.pid });
    const linux = createLinuxTreeSampler({ rootPid: lab.pid, tag: null, clock });
    const [before, linuxBefore] = [await portable.read(), await linux.read()];
    await lab.ask('burn', 600);
    const [after, linuxAfter] = [await portable.read(), await linux.read()];
    await lab.close();
    const seconds = after.cpuUserSeconds - before.cpuUserSeconds;
    const linuxSeconds =
      linuxAfter.cpuUserSeconds +
      linuxAfter.cpuSystemSeconds -
      linuxBefore.cpuUserSeconds -
      linuxBefore.cpuSystemSeconds;
    expect(seconds).toBeGreaterThan(0.5);
    expect(Math.abs(seconds / linuxSeconds - 1)).toBeLessThan(0.1);
    expect(after.processes.map((one) => one.pid)).toEqual(linuxAfter.processes.map((one) => one.pid));
    expect(Math.abs(after.rssBytes / linuxAfter.rssBytes - 1)).toBeLessThan(0.1);
  });

  test('keeps the CPU of a tree that ended', async () => {
    const lab = startLabProcess();
    await lab.ask('burn', 60);
    const sampler = createPortableTreeSampler({ rootPid: lab.pid });
    const last = await sampler.read();
    await lab.close();
    const after = await sampler.read();
    expect(last.cpuUserSeconds).toBeGreaterThan(0.05);
    expect([after.cpuUserSeconds, after.processes.length, after.rssBytes]).toEqual([last.cpuUserSeconds, 0, 0]);
  });

  test('reads a listing with blanks and Windows line ends', () => {
    expect(parseListing('    1     0\r\n  812     1\r\n\r\n')).toEqual([
      { pid: 1, parentPid: 0 },
      { pid: 812, parentPid: 1 },
    ]);
  });
});
