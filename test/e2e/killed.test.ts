import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import {
  copyTinyProject,
  isMeasuring,
  processesOf,
  runCommandLine,
  startCommand,
  until,
  type RunningCommand,
  type TestProject,
} from './commandLine';

const words = ['run', '.', 'short', '--blocks', '3', '--no-capacity', '--seed', '1', '--events'];
let project: TestProject;

beforeEach(async () => {
  project = await copyTinyProject();
});
afterEach(async () => {
  for (const { pid } of await processesOf(project)) process.kill(pid, 'SIGKILL');
  await project.remove();
});

/** The pid of the one process of the run whose command line holds these words. */
async function pidOf(part: string): Promise<number> {
  const found = (await processesOf(project)).filter(({ command }) => command.includes(part));
  const [first] = found.sort((a, b) => a.pid - b.pid);
  if (!first) throw new Error(`No process of the run holds "${part}"`);
  return first.pid;
}

/** Runs until the second trial is being measured: one is finished then, one is on. */
async function untilSecondTrial(): Promise<RunningCommand> {
  const running = startCommand(project, words);
  await running.waitFor((event) => isMeasuring(event) && 'trial' in event && event.trial.position === 1);
  return running;
}

function portOf(running: RunningCommand): number {
  const log = running.events.find((event) => event.type === 'log' && event.line.includes('Listening at'));
  const port = Number(/:(\d+) \(/.exec(log?.type === 'log' ? log.line : '')?.[1]);
  expect(port).toBeGreaterThan(0);
  return port;
}

async function isFree(port: number): Promise<boolean> {
  const socket = net.connect(port, '127.0.0.1');
  const answered = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return !answered;
}

async function savedRecord(): Promise<ComparisonRecord> {
  const runs = path.join(project.folder, '.insights-comparison', 'runs');
  const [run] = await readdir(runs);
  return recordSchema.parse(JSON.parse(await readFile(path.join(runs, run ?? '', 'comparison.insights.json'), 'utf8')));
}

async function temporaryFoldersOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith('insights-comparison-'));
}

describe('whatever is killed, nothing is left behind and finished trials are kept', () => {
  test('kill -9 of the command line: within 2 s no process lives, the port is free, the record is partial', async () => {
    const running = await untilSecondTrial();
    const port = portOf(running);
    running.child.kill('SIGKILL');
    const tookMs = await until(
      'every process of the run has ended',
      2,
      async () => (await processesOf(project)).length === 0,
    );
    expect(tookMs).toBeLessThan(2000);
    expect(await isFree(port)).toBe(true);
    const record = await savedRecord();
    expect(record.status).toBe('partial');
    expect(record.trials).toHaveLength(1);
  });

  test('kill -9 of the load generator: the run ends with 70, says so, and keeps the record', async () => {
    const running = await untilSecondTrial();
    process.kill(await pidOf('generator.js'), 'SIGKILL');
    expect(await running.exited).toBe(70);
    expect(JSON.stringify(running.events.at(-2))).toMatch(/load generator ended unexpectedly/);
    expect(await processesOf(project)).toEqual([]);
    expect((await savedRecord()).trials).toHaveLength(1);
  });

  test('kill -9 of the app: the run ends with 3 and names the signal', async () => {
    const running = await untilSecondTrial();
    process.kill(await pidOf('gunicorn'), 'SIGKILL');
    expect(await running.exited).toBe(3);
    expect(JSON.stringify(running.events.at(-2))).toMatch(/tiny ended during the trial \(signal SIGKILL\)/);
    expect(await processesOf(project)).toEqual([]);
    expect((await savedRecord()).status).toBe('partial');
  });

  test('kill -9 of the collector: the run ends with 70', async () => {
    const running = await untilSecondTrial();
    process.kill(await pidOf('collector.js'), 'SIGKILL');
    expect(await running.exited).toBe(70);
    expect(await processesOf(project)).toEqual([]);
  });

  test('kill -9 of the guard: it is replaced, and the run goes on with a warning', async () => {
    const running = startCommand(project, [...words.slice(0, 3), '--blocks', '1', '--no-capacity', '--events']);
    await running.waitFor(isMeasuring);
    const guard = await pidOf('guard.js');
    process.kill(guard, 'SIGKILL');
    await until('another guard is there', 5, async () =>
      (await processesOf(project)).some(({ pid, command }) => command.includes('guard.js') && pid !== guard),
    );
    expect(await running.exited).toBe(0);
    const record = await savedRecord();
    expect(record.status).toBe('complete');
    expect(record.warnings.map(({ code }) => code)).toContain('guard_replaced');
  });

  test('kill -9 of guard and command line: the next start sweeps what was left', async () => {
    const running = await untilSecondTrial();
    process.kill(await pidOf('guard.js'), 'SIGSTOP');
    running.child.kill('SIGKILL');
    process.kill(await pidOf('guard.js'), 'SIGKILL');
    await running.exited;
    expect((await processesOf(project)).some(({ command }) => command.includes('gunicorn'))).toBe(true);
    await runCommandLine(project, ['run', '.', 'no_such_scenario']);
    expect(await processesOf(project)).toEqual([]);
  });

  test('Ctrl-C finishes the record, says where it is, and exits 130', async () => {
    const running = await untilSecondTrial();
    process.kill(-(running.child.pid ?? 0), 'SIGINT');
    expect(await running.exited).toBe(130);
    const finished = running.events.filter((event) => event.type === 'run-finished');
    expect(finished).toHaveLength(1);
    expect(running.events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: 130 });
    expect(running.events.at(-2)).toMatchObject({ type: 'comparison-finished', outcome: 'partial', exitCode: 130 });
    expect((await savedRecord()).outcomeReason).toBe('stopped by the user');
    expect(await processesOf(project)).toEqual([]);
  });

  test('the phases of a trial come in their order, and its temporary folders go with the run', async () => {
    const folder = project.cache;
    const running = startCommand(project, [...words.slice(0, 3), '--blocks', '1', '--no-capacity', '--events'], {
      TMPDIR: path.dirname(folder),
    });
    await running.waitFor(isMeasuring);
    expect(await temporaryFoldersOf(path.dirname(folder))).toHaveLength(1);
    expect(await running.exited).toBe(0);
    expect(await temporaryFoldersOf(path.dirname(folder))).toEqual([]);
    const phases = running.events.flatMap((event) =>
      event.type === 'phase' && event.trial.position === 0 ? [event.phase] : [],
    );
    expect(phases).toEqual([
      'resetting',
      'starting',
      'warming',
      'measuring',
      'draining',
      'stopping',
      'verifying',
      'done',
    ]);
  });
});

describe('the hidden engine mode', () => {
  const request = { folder: '.', scenario: 'short', blocks: 1, hasCapacity: false, seed: 1 };

  test('takes the request from the first line, and a stop line ends the run gracefully', async () => {
    const running = startCommand(project, ['engine']);
    running.child.stdin?.write(`${JSON.stringify(request)}\n`);
    await running.waitFor(isMeasuring);
    running.child.stdin?.write('{"type":"stop"}\n');
    expect(await running.exited).toBe(130);
    expect(running.events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: 130 });
  });

  test('closed stdin ends the run at once', async () => {
    const running = startCommand(project, ['engine']);
    running.child.stdin?.write(`${JSON.stringify(request)}\n`);
    await running.waitFor(isMeasuring);
    running.child.stdin?.end();
    await until('the engine and all it started have ended', 3, async () => (await processesOf(project)).length === 0);
    expect(await running.exited).toBe(130);
  });

  test('the record of a run whose stdin was closed does not blame the user', async () => {
    const running = startCommand(project, ['engine']);
    running.child.stdin?.write(`${JSON.stringify(request)}\n`);
    await running.waitFor((event) => event.type === 'trial-finished');
    running.child.stdin?.end();
    expect(await running.exited).toBe(130);
    expect((await savedRecord()).outcomeReason).toMatch(/^the connection to the editor ended/);
  });

  test.each(['no json', '{"folder": 3}'])('refuses the request %s with 2', async (line) => {
    const running = startCommand(project, ['engine']);
    running.child.stdin?.write(`${line}\n`);
    expect(await running.exited).toBe(2);
    expect(running.events.at(-1)).toMatchObject({ type: 'run-finished', exitCode: 2 });
  });
});
