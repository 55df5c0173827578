import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findFreePort } from '../../src/core/target/checkPort';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import {
  copyTinyProject,
  isMeasuring,
  processesOf,
  runCommandLine,
  startCommand,
  type TestProject,
} from './commandLine';
import { elsewhere as host, stopCommand, useControl } from './useControl';

// An app that is not ours to run: a daemon of its own behind "start" and "stop", on an address that is not this machine's usual one.

const short = ['run', '.', 'short', '--blocks', '1', '--seed', '1'];
let project: TestProject;
let port: number;

beforeEach(async () => {
  project = await copyTinyProject();
  port = await findFreePort(host);
});

afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  // Its pid file goes with the app.
  expect(existsSync(path.join(project.folder, 'app.pid'))).toBe(false);
  await project.remove();
});

describe('an app elsewhere', () => {
  test('is switched by its own commands, its telemetry verified, and what cannot be known is left out', async () => {
    const collectorPort = await findFreePort();
    await useControl(project, port, { collectorUrl: `http://127.0.0.1:${collectorPort}` });
    const { code, stdout, stderr } = await runCommandLine(project, [...short, '--accept-host', host, '--json']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const record = recordSchema.parse(JSON.parse(stdout));
    expect(record).toMatchObject({
      status: 'complete',
      headline: ['latency_mean_ms', 'capacity_rps'],
      plan: { control: { url: `http://${host}:${port}`, stop: stopCommand }, endpoint: 'local-http' },
      software: { python: null, honeybadger: null },
    });
    for (const trial of record.trials) {
      expect(trial).toMatchObject({
        cpuSeconds: null,
        rssBytes: null,
        processRestarts: null,
        exit: { code: 0, forced: false },
        verification: { ok: true, missing: 0 },
        machine: { speedProbeMs: null },
      });
      expect(trial.requests).toBeGreaterThan(0);
      expect(trial.verification.received > 0).toBe(trial.variant === 'with_insights');
    }
    expect(record.capacity).toHaveLength(record.trials.length);
    for (const trial of record.capacity) expect(trial).toMatchObject({ cpuSeconds: null, verification: { ok: true } });
    const measured = new Set(record.effects.map(({ metric }) => metric));
    expect(measured).toContain('latency_mean_ms');
    expect(measured).not.toContain('cpu_ms_per_request');
    expect(measured).not.toContain('rss_mean_mb');
    expect(record.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['processes_out_of_reach', 'plain_http']),
    );
    const plain = record.warnings.find(({ code: each }) => each === 'plain_http');
    expect(plain?.advice).toMatch(/lower bound/);
    // One start and one stop for each rehearsal and each trial.
    const trials = record.trials.length + record.capacity.length;
    expect((await said()).filter((line) => line === 'stopped')).toHaveLength(trials + 2);
    expect(await readFile(await reportPath(), 'utf8')).toMatch(/its processes out of reach/);
  });

  test('gets no load before its name was said', async () => {
    await useControl(project, port, {});
    const { code, stderr } = await runCommandLine(project, short);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /127\.0\.0\.2 is not this machine: load would be sent to it, from here\n.*run it again with --accept-host 127\.0\.0\.2/,
      ),
    });
    expect(existsSync(path.join(project.folder, 'said.txt'))).toBe(false);
  });

  test('that does not reach our collector may send to a service only when that was said, and is not verified', async () => {
    await useControl(project, port, {});
    const asked = [...short, '--accept-host', host];
    const refused = await runCommandLine(project, asked);
    expect(existsSync(path.join(project.folder, 'said.txt'))).toBe(false);
    expect({ code: refused.code, stderr: refused.stderr }).toEqual({
      code: 5,
      stderr: expect.stringMatching(
        /1,509 events .* go to https:\/\/api\.honeybadger\.io[^]*--accept-events 2000; .* set "collectorUrl"/,
      ),
    });
    // Nothing listens there, and it is of this machine: nothing to be accepted.
    const closed = `HONEYBADGER_ENDPOINT=http://127.0.0.1:${await findFreePort()}`;
    const elsewhere = ['with_insights', 'without_insights'].flatMap((variant) => ['-e', `${variant}:${closed}`]);
    const { code, stdout } = await runCommandLine(project, [...asked, ...elsewhere, '--json']);
    expect(code).toBe(0);
    const record = JSON.parse(stdout) as ComparisonRecord;
    expect(record).toMatchObject({ status: 'complete', capacity: [], headline: ['latency_mean_ms'] });
    for (const { verification } of record.trials) {
      expect(verification).toMatchObject({ ok: null, reason: expect.stringMatching(/does not reach our collector/) });
    }
    expect(record.warnings.map(({ code: each }) => each)).toContain('telemetry_unverified');
  });

  test('that does not come up ends the run with what its start said, and is stopped', async () => {
    await useControl(project, port, {
      start: ['sh', '-c', 'echo no such host; exit 7'],
      stop: ['sh', '-c', 'echo stopped >> said.txt'],
      collectorUrl: `http://127.0.0.1:${await findFreePort()}`,
    });
    const { code, stderr } = await runCommandLine(project, [...short, '--accept-host', host]);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringMatching(
        /Starting tiny failed: sh -c .* \(exit code 7\)\n\s+Its last lines:\n\s+no such host/,
      ),
    });
    expect(await said()).toEqual(['stopped']);
  });

  test('is stopped when the run is', async () => {
    await useControl(project, port, { collectorUrl: `http://127.0.0.1:${await findFreePort()}` });
    const running = startCommand(project, [...short, '--accept-host', host, '--no-capacity', '--events']);
    await running.waitFor(isMeasuring);
    running.child.kill('SIGINT');
    expect(await running.exited).toBe(130);
    expect((await said()).at(-1)).toBe('stopped');
  });

  test('is stopped when the run is killed', async () => {
    await useControl(project, port, { collectorUrl: `http://127.0.0.1:${await findFreePort()}` });
    const running = startCommand(project, [...short, '--accept-host', host, '--no-capacity', '--events']);
    await running.waitFor(isMeasuring);
    expect((await said()).at(-1)).toBe('started');
    running.child.kill('SIGKILL');
    await running.exited;
    await expect.poll(async () => (await said()).at(-1), { timeout: 30_000 }).toBe('stopped');
    await expect.poll(async () => processesOf(project), { timeout: 30_000 }).toEqual([]);
  });
});

async function said(): Promise<string[]> {
  return (await readFile(path.join(project.folder, 'said.txt'), 'utf8')).trim().split('\n');
}

async function reportPath(): Promise<string> {
  const runs = path.join(project.folder, '.insights-comparison', 'runs');
  const [run = ''] = await readdir(runs);
  return path.join(runs, run, 'report.md');
}
