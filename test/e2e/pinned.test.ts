import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mayKeepAwake } from '../../src/core/comparison/machineChecks';
import { createAwakeCore } from '../../src/core/sample/awakeCore';
import { allowedCores, hardwareSiblings } from '../../src/core/sample/coreList';
import { sharedOut } from '../../src/core/target/pinning';
import type { RunEvent } from '../../src/shared/events';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import { totalCpuSeconds } from '../../src/shared/totalCpuSeconds';
import { copyProject, processesOf, startCommand, until, type TestProject } from './commandLine';

// `--pin`: one core for the app, the generator of the closed loop on one that does not sleep.

let project: TestProject;
beforeEach(async () => {
  project = await copyProject('projects/flask_plain');
});
afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

/** As a run on this machine would find. */
async function hasCoreToKeepAwake(): Promise<boolean> {
  const shares = sharedOut(allowedCores('self'), hardwareSiblings);
  const environment = { PATH: process.env['PATH'] ?? '' };
  if (shares === null || !(await mayKeepAwake())) return false;
  return (await createAwakeCore({ ...shares, environment })) !== null;
}

const words = ['run', '.', 'quick', '--pin', '--blocks', '1', '--trial', '5s'];

function isCapacityMeasured(event: RunEvent): boolean {
  return event.type === 'phase' && event.trial.kind === 'capacity' && event.phase === 'measuring';
}

async function recordOf(events: readonly RunEvent[]): Promise<ComparisonRecord> {
  const folder = events.flatMap((event) => (event.type === 'comparison-started' ? event.folder : []))[0] ?? '';
  return recordSchema.parse(JSON.parse(await readFile(path.join(folder, 'comparison.insights.json'), 'utf8')));
}

/** Cores that each process of the run with this in its command line may use. */
async function coresOf(command: string): Promise<readonly string[]> {
  const found = (await processesOf(project)).filter((process) => process.command.includes(command));
  return found.map(({ pid }) => allowedCores(pid).join());
}

describe.skipIf(!(await hasCoreToKeepAwake()))('a pinned run', () => {
  test(
    'measures capacity with app and generator on a core each, the generator’s awake',
    { timeout: 120_000 },
    async () => {
      const running = startCommand(project, [...words, '--events']);
      await running.waitFor(isCapacityMeasured);
      const [awake, ...more] = await coresOf('while :');
      expect(more).toEqual([]);
      expect(awake).toMatch(/^\d+$/);
      expect(await coresOf('generator.js')).toEqual([awake]);
      const app = new Set(await coresOf('gunicorn'));
      expect(app.size).toBe(1);
      expect(app.has(awake ?? '')).toBe(false);
      expect(await running.exited).toBe(0);

      const { trials, capacity } = await recordOf(running.events);
      for (const { machine } of trials) expect(machine).not.toHaveProperty('awakeCpuSeconds');
      for (const { machine, durationSeconds, cpuSeconds, generator } of capacity) {
        expect(machine.awakeCpuSeconds).toBeGreaterThan(0);
        // Nobody's work: not that of the machine, nor of other programs (of which there may be some), else there were more cores than there are.
        const loop = (machine.awakeCpuSeconds ?? 0) / durationSeconds;
        expect(machine.cpuCores + loop).toBeLessThan(os.cpus().length + 0.1);
        const ours = (totalCpuSeconds({ cpuSeconds }) ?? 0) + generator.cpuSeconds;
        expect(ours / durationSeconds + machine.foreignCpuCores + loop).toBeLessThan(os.cpus().length + 0.1);
      }
    },
  );

  test('that is killed leaves no loop behind', { timeout: 120_000 }, async () => {
    const running = startCommand(project, [...words, '--events']);
    await running.waitFor(isCapacityMeasured);
    expect(await coresOf('while :')).toHaveLength(1);
    running.child.kill('SIGKILL');
    await running.exited;
    await until('nothing of the run is left', 20, async () => (await processesOf(project)).length === 0);
  });
});
