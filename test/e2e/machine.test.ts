import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import { copyProject, processesOf, startCommand, until, type RunningCommand, type TestProject } from './commandLine';

// What makes figures wander on a machine, each really there: other programs, a container's limits, a battery and a governor as the kernel
// shows them.

const controlGroups = '/sys/fs/cgroup';
let project: TestProject;

beforeEach(async () => {
  project = await copyProject('projects/flask_plain');
});
afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

describe('doctor says', () => {
  test('that other programs keep the machine busy', async () => {
    const burners = startBurners();
    try {
      const running = startCommand(project, ['doctor', '.', 'quick']);
      await untilSaid(running, 'of the machine busy');
      await stopBurners(burners);
      expect(await running.exited).toBe(0);
      expect(running.stdout().match(/^! Other programs keep \d+ % of the machine busy/gm)).toHaveLength(1);
      expect(running.stdout()).toContain('Let nothing else run meanwhile.');
    } finally {
      await stopBurners(burners);
    }
  });

  test.skipIf(!mayMakeGroups('cpu'))('that a container may use less than two cores', async () => {
    await inGroup('cpu', async (group) => {
      const period = await readFile(path.join(group, 'cpu.cfs_period_us'), 'utf8');
      await writeFile(path.join(group, 'cpu.cfs_quota_us'), String(1.5 * Number(period)));
      const running = await startIn(group);
      expect(await running.exited).toBe(0);
      expect(running.stdout()).toContain('! This container may use the CPU time of 1.5 cores');
    });
  });

  test.skipIf(!mayMakeGroups('memory'))('that a container leaves little memory', async () => {
    await inGroup('memory', async (group) => {
      const limit = path.join(group, 'memory.limit_in_bytes');
      await writeFile(limit, String(320 * 2 ** 20));
      const running = await startIn(group);
      await untilSaid(running, 'of memory are free');
      // The app and all that measures it need more.
      await writeFile(limit, '-1');
      expect(await running.exited).toBe(0);
      expect(running.stdout()).toMatch(/^! Only \d+ MB of memory are free/m);
    });
  });

  test.skipIf(!mayMount())('that the machine runs on battery, and that its governor saves power', async () => {
    // In a place of its own, where a laptop's files lie over those of this machine.
    const laptop = `
      supply=/sys/class/power_supply; processor=/sys/devices/system/cpu/cpu0
      mount -t tmpfs none $supply && mkdir $supply/BAT0 && echo Battery > $supply/BAT0/type && echo Discharging > $supply/BAT0/status
      mount -t tmpfs none $processor && mkdir $processor/cpufreq && echo powersave > $processor/cpufreq/scaling_governor
      exec "$@"`;
    const running = startCommand(project, ['doctor', '.', 'quick'], {}, ['unshare', '-m', 'sh', '-c', laptop, 'sh']);
    expect(await running.exited).toBe(0);
    expect(running.stdout()).toMatch(/^! The machine runs on battery: .*\n {2}Plug it in\.$/m);
    expect(running.stdout()).toMatch(/^! The CPU's governor is powersave: /m);
  });
});

test.skipIf(!mayMakeGroups('cpu'))(
  'a run says that a container held its processes back',
  async () => {
    await inGroup('cpu', async (group) => {
      const period = await readFile(path.join(group, 'cpu.cfs_period_us'), 'utf8');
      await writeFile(path.join(group, 'cpu.cfs_quota_us'), period);
      // Before all other programs: else what runs beside this test holds the group back in the quota's place.
      await writeFile(path.join(group, 'cpu.shares'), String(2 ** 18));
      const undisturbed = await recordIn(group, ['--no-capacity']);
      // The quota is there, and at the scenario's rate there is enough for all.
      for (const { machine } of undisturbed.trials) expect(machine.throttledPeriodShare).toBeLessThan(0.3);

      const burners = startBurners();
      try {
        // They use up the quota whatever app and load want, and leave them all they want of it.
        for (const { pid } of burners) {
          await writeFile(path.join(group, 'cgroup.procs'), String(pid));
          os.setPriority(Number(pid), 19);
        }
        const { warnings, trials, capacity } = await recordIn(group, []);
        expect(warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['cpu_quota', 'throttled']));
        for (const { machine } of [...trials, ...capacity]) expect(machine.throttledPeriodShare).toBeGreaterThan(0.3);
      } finally {
        await stopBurners(burners);
      }
    });
  },
  180_000,
);

/** Of one short block, run in the group. */
async function recordIn(group: string, words: readonly string[]): Promise<ComparisonRecord> {
  const block = ['run', '.', 'quick', '--blocks', '1', '--trial', '5s', '--json', '--quiet'];
  const running = await startIn(group, [...block, ...words]);
  expect(await running.exited).toBe(0);
  return recordSchema.parse(JSON.parse(running.stdout()));
}

/** As many as there are cores: each takes all it gets. */
function startBurners(): ChildProcess[] {
  return os
    .cpus()
    .map(() => spawn(process.execPath, ['-e', "process.title = 'burner'; for (;;);"], { stdio: 'ignore' }));
}

async function stopBurners(burners: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    burners.map(async (burner) => {
      if (burner.exitCode !== null || burner.signalCode !== null) return;
      const ended = once(burner, 'exit');
      burner.kill('SIGKILL');
      await ended;
    }),
  );
}

async function untilSaid(running: RunningCommand, text: string): Promise<void> {
  await until(`doctor says: ${text}`, 60, async () => Promise.resolve(running.stdout().includes(text)));
}

/** Version 1 of control groups, and root: elsewhere nobody but the system's own manager may make a group. */
function mayMakeGroups(controller: string): boolean {
  try {
    accessSync(path.join(controlGroups, controller), constants.W_OK);
    accessSync(path.join(controlGroups, controller, 'cgroup.procs'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether this process may have mounts of its own. */
function mayMount(): boolean {
  return spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/sys/class/power_supply']).status === 0;
}

/** Makes a group, and takes it away: which goes only when nothing runs in it. */
async function inGroup(controller: string, work: (group: string) => Promise<void>): Promise<void> {
  const group = path.join(controlGroups, controller, path.basename(path.dirname(project.folder)));
  await mkdir(group);
  try {
    await work(group);
  } finally {
    await rmdir(group);
  }
}

/** Whatever it starts is in the group too. */
async function startIn(group: string, words: readonly string[] = ['doctor', '.', 'quick']): Promise<RunningCommand> {
  const running = startCommand(project, words);
  await writeFile(path.join(group, 'cgroup.procs'), String(running.child.pid));
  return running;
}
