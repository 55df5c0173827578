import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeLatency } from '../../src/shared/latencyHistogram';
import type { RunEvent } from '../../src/shared/events';
import type { ComparisonRecord } from '../../src/shared/record';
import { locustPythonVariable } from '../../src/core/locust/findLocust';
import { findFreePort } from '../../src/core/target/checkPort';
import {
  copyTinyProject,
  firstAttempts,
  isMeasuring,
  processesOf,
  runCommandLine,
  startCommand,
  until,
  type RunningCommand,
  type TestProject,
} from './commandLine';
import { elsewhere, useControl } from './useControl';

// Locust, the real one, in place of our own generator.

const locust = process.env['INSIGHTS_COMPARISON_TEST_LOCUST'];
const withLocust = { [locustPythonVariable]: locust ?? '' };
const short = ['--trial', '5s', '--warmup', '0s', '--no-capacity', '--seed', '1'];
let project: TestProject;

beforeEach(async () => {
  project = await copyTinyProject();
});
afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

const usersOwn = `
from locust import FastHttpUser, HttpUser, between, task

from shared import home


class Reader(HttpUser):
    wait_time = between(0.05, 0.1)

    def on_start(self):
        self.client.get(home, name="arrive")

    @task(3)
    def read(self):
        self.client.get(home)

    @task
    def expected_error(self):
        with self.client.get("/error/", name="error", catch_response=True) as response:
            if response.status_code == 500:
                response.success()
            else:
                response.failure("no error")


class Hurried(FastHttpUser):
    wait_time = between(0.02, 0.05)
    weight = 2

    @task
    def read(self):
        with self.client.get(home, name="fast", catch_response=True) as response:
            if response.text != "home":
                response.failure("another page")
`;

async function writeUsersOwn(text: string): Promise<string> {
  const folder = path.join(project.folder, 'load');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'shared.py'), 'home = "/"\n');
  await writeFile(path.join(folder, 'users.py'), text);
  return path.join('load', 'users.py');
}

describe.skipIf(locust === undefined)('with --engine locust', () => {
  test('a behaviour is run by two workers: every request verified, latencies finer than a millisecond', async () => {
    const words = ['run', '.', 'short', '--engine', 'locust', '--workers', '2', '--blocks', '1', ...short];
    const command = await runCommandLine(project, [...words, '--events'], withLocust);
    expect(command, command.stderr).toMatchObject({ code: 0 });
    const record = await recordOf(command.events);
    expect(record).toMatchObject({
      status: 'complete',
      plan: { locust: { workers: 2, userClasses: ['visitor'], isOwnFile: false } },
    });
    for (const trial of firstAttempts(record.trials)) {
      expect(trial.verification, JSON.stringify(trial.verification)).toMatchObject({ ok: true });
      expect(trial.generator).toMatchObject({ workers: 2, workersLeft: 0 });
      expect(Object.keys(trial.endpoints).sort()).toEqual(['error', 'home']);
      expect(trial.endpoints['error']?.failures).toBe(0);
      expect(trial.requests).toBeGreaterThan(50);
      const latency = decodeLatency(trial.latency['home'] ?? '');
      // A median of exactly 2.00 ms, in a bucket of its own, comes by chance; five whole milliseconds do not.
      const percentiles = [10, 25, 50, 75, 90].map((each) => latency.getValueAtPercentile(each));
      const fine = percentiles.filter((microseconds) => microseconds % 1000 !== 0);
      expect(fine, `${trial.variant}, ${latency.totalCount} answers: ${percentiles.join()} µs`).not.toEqual([]);
    }
    // Both workers had their part, and nothing of the record is Locust's own counting of one of them.
    const withInsights = record.trials.find(({ variant }) => variant === 'with_insights');
    expect(withInsights?.verification.expected).toBeGreaterThan(50);
    const seconds = command.events.filter((event) => event.type === 'sample');
    expect(seconds.length).toBeGreaterThanOrEqual(8);
    expect(seconds.some((event) => event.type === 'sample' && event.sample.users === 4)).toBe(true);
  }, 120_000);

  test('a file of the user’s runs unchanged: two classes, on_start, catch_response, FastHttpUser, a module beside it', async () => {
    const file = await writeUsersOwn(usersOwn);
    const before = await readFile(path.join(project.folder, file), 'utf8');
    const words = ['run', '.', 'short', '--locustfile', file, '--blocks', '1', ...short, '--events'];
    const command = await runCommandLine(project, words, withLocust);
    expect(command, command.stderr).toMatchObject({ code: 0 });
    const record = await recordOf(command.events);
    expect(record).toMatchObject({
      status: 'complete',
      plan: {
        scenario: { behaviour: 'users.py' },
        locust: { workers: 1, userClasses: ['Hurried', 'Reader'], isOwnFile: true },
      },
    });
    for (const trial of firstAttempts(record.trials)) {
      expect(trial.verification, JSON.stringify(trial.verification)).toMatchObject({ ok: true });
      expect(Object.keys(trial.endpoints)).toEqual(expect.arrayContaining(['GET /', 'error', 'fast']));
      expect(trial.failures).toBe(0);
    }
    expect(await readFile(path.join(project.folder, file), 'utf8')).toBe(before);
  }, 120_000);

  test('of a file of the user’s one class alone, where one is named', async () => {
    const file = await writeUsersOwn(usersOwn);
    const words = ['run', '.', 'short', '--locustfile', file, '--blocks', '1', ...short, '--events'];
    const command = await runCommandLine(project, [...words, '--user-class', 'Hurried'], withLocust);
    expect(command, command.stderr).toMatchObject({ code: 0 });
    const record = await recordOf(command.events);
    expect(record.plan.locust?.userClasses).toEqual(['Hurried']);
    expect(record.plan.repeatCommand).toContain('--user-class Hurried');
    for (const trial of firstAttempts(record.trials)) expect(Object.keys(trial.endpoints)).toEqual(['fast']);
    const other = await runCommandLine(project, [...words, '--user-class', 'Nobody'], withLocust);
    expect(other).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/it has no user class Nobody: it has Hurried, Reader/),
    });
  }, 120_000);

  test('a worker that is killed in a trial marks it, and the run goes on with another one', async () => {
    const words = ['run', '.', 'short', '--engine', 'locust', '--workers', '2', '--blocks', '3', ...short];
    const running = startCommand(project, [...words, '--events'], withLocust);
    await running.waitFor(isMeasuring);
    const workers = (await processesOf(project)).filter(({ command }) => command.includes('--worker'));
    expect(workers).toHaveLength(2);
    process.kill(workers[0]?.pid ?? 0, 'SIGKILL');
    expect(await running.exited, running.stderr()).toBe(0);
    const record = await recordOf(running.events);
    const [first, ...others] = [...record.trials].sort((a, b) => a.position - b.position);
    expect(first).toMatchObject({ disturbed: true, generator: { workers: 2, workersLeft: 1 } });
    expect(others.every(({ generator }) => generator.workers === 2 && generator.workersLeft === 0)).toBe(true);
    expect(record.trials.some(({ attempt }) => attempt === 1)).toBe(true);
    expect(record.warnings).toContainEqual(expect.objectContaining({ code: 'worker_left' }));
    expect(record.status).toBe('complete');
  }, 240_000);

  test('a run that is stopped ends at once, and leaves no process', async () => {
    const words = ['run', '.', 'short', '--engine', 'locust', '--workers', '2', '--blocks', '3', ...short, '--events'];
    const running = startCommand(project, words, withLocust);
    await running.waitFor(isMeasuring);
    process.kill(running.child.pid ?? 0, 'SIGINT');
    expect(await running.exited).toBe(130);
    await until('nothing is left', 10, async () => (await processesOf(project)).length === 0);
  }, 120_000);

  test('workers on other machines are told how to come, waited for, and ended with the run', async () => {
    const [port, collectorPort, masterPort] = [
      await findFreePort(elsewhere),
      await findFreePort(),
      await findFreePort(),
    ];
    await useControl(project, port, { collectorUrl: `http://127.0.0.1:${collectorPort}` });
    const words = ['run', '.', 'short', '--engine', 'locust', '--workers', '1', '--blocks', '1', ...short, '--events'];
    const remote = ['--remote-workers', '1', '--master-bind', `127.0.0.1:${masterPort}`, '--accept-host', elsewhere];
    const running = startCommand(project, [...words, ...remote], withLocust);
    const copied = await said(running, /copy the folder (\S+), and in it:$/);
    const line = await said(running, /locust==(\S+) && locust (-f .*)$/);
    await said(running, /^1 of 2 workers are there$/);
    // On the other machine: another folder, and nothing of the run's environment.
    const folder = path.join(project.cache, 'other-machine');
    await cp(copied[1] ?? '', folder, { recursive: true });
    const given = (line[2] ?? '').split(' ');
    const old = startOn(folder, ['-c', oldLocust, ...given]);
    await said(running, /^A worker of Locust 2\.1\.0 was sent away: this is /);
    old.kill();
    const worker = startOn(folder, ['-m', 'locust', ...given]);
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    expect(await running.exited).toBe(0);
    await ended;
    const record = await recordOf(running.events);
    expect(record).toMatchObject({ status: 'complete', plan: { locust: { workers: 2, remoteWorkers: 1 } } });
    for (const trial of firstAttempts(record.trials)) {
      expect(trial).toMatchObject({
        generator: { workers: 2, workersLeft: 0 },
        verification: { ok: true, missing: 0 },
      });
      expect(trial.requests).toBeGreaterThan(0);
    }
  }, 240_000);

  test('a file that Locust cannot load ends with what it says', async () => {
    const file = await writeUsersOwn('from locust import HttpUser\n\nimport no_such_module\n');
    const command = await runCommandLine(project, ['run', '.', 'short', '--locustfile', file, ...short], withLocust);
    expect(command).toMatchObject({ code: 2 });
    expect(command.stderr).toContain('Locust cannot run');
    expect(command.stderr).toContain('no_such_module');
  }, 120_000);

  test('a file without users ends with that', async () => {
    const file = await writeUsersOwn('value = 1\n');
    const command = await runCommandLine(project, ['run', '.', 'short', '--locustfile', file, ...short], withLocust);
    expect(command).toMatchObject({ code: 2 });
    expect(command.stderr).toContain('it defines no user class');
  }, 120_000);
});

test.each([
  [['--remote-workers', '2'], /--remote-workers is an option of Locust/],
  [['--user-class', 'Buyer'], /--user-class is an option of Locust/],
  [['--engine', 'locust', '--user-class', 'Buyer'], /--user-class chooses among the user classes of a Locust file/],
  [['--engine', 'locust', '--remote-workers', '2'], /--remote-workers and --master-bind belong together/],
  [['--engine', 'locust', '--remote-workers', '2', '--master-bind', 'there'], /--master-bind takes an IPv4 address/],
  [
    ['--engine', 'locust', '--remote-workers', '2', '--master-bind', '127.0.0.1'],
    /Workers on other machines do not reach an app at an address of this machine alone/,
  ],
  [['--workers', '2'], /--workers is an option of Locust/],
  [['--engine', 'native', '--locustfile', 'users.py'], /--locustfile is an option of Locust/],
  [['--engine', 'locust', '--locustfile', 'nowhere.py'], /There is no Locust file .*nowhere\.py/],
])('%j is refused', async (words, message) => {
  const command = await runCommandLine(project, ['run', '.', 'short', ...words]);
  expect(command).toMatchObject({ code: 2 });
  expect(command.stderr).toMatch(message);
});

/** Plays a worker of another release. */
const oldLocust = [
  'import sys',
  'import locust.runners',
  'locust.runners.__version__ = "2.1.0"',
  'from locust.main import main',
  'sys.argv[0] = "locust"',
  'main()',
].join('\n');

/** The first step of the run's preparations, past or to come, that says so. */
async function said(running: RunningCommand, pattern: RegExp): Promise<RegExpExecArray> {
  const event = await running.waitFor((each) => each.type === 'preflight' && pattern.test(each.message));
  const match = event.type === 'preflight' ? pattern.exec(event.message) : null;
  if (!match) throw new Error(`Nothing said ${pattern.source}`);
  return match;
}

function startOn(folder: string, words: readonly string[]): ChildProcess {
  return spawn(locust ?? '', words, { cwd: folder, stdio: 'ignore' });
}

async function recordOf(events: readonly RunEvent[]): Promise<ComparisonRecord> {
  const finished = events.find((event) => event.type === 'comparison-finished');
  if (finished?.type !== 'comparison-finished' || finished.recordPath === null) throw new Error('There is no record');
  return JSON.parse(await readFile(finished.recordPath, 'utf8')) as ComparisonRecord;
}
