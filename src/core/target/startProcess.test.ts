import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ManagedProcess, ProcessSpec } from './processes';
import { startProcess } from './startProcess';
import { createTestGuard } from './testGuard';
import { createTestFolder, isRunning, namesIn, testPython, until, type TestFolder } from './testProcesses';

let folder: TestFolder;
let guard: ReturnType<typeof createTestGuard>;
let running: ManagedProcess[] = [];

beforeAll(testPython);
beforeEach(() => {
  folder = createTestFolder();
  guard = createTestGuard();
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop({ graceSeconds: 0 })));
  running = [];
  folder.remove();
});

async function start(program: string, changes: Partial<ProcessSpec> = {}): Promise<ManagedProcess> {
  const started = await startProcess(
    {
      name: 'app',
      command: [testPython(), '-u', folder.write('app.py', program)],
      cwd: folder.path,
      environment: { PATH: process.env['PATH'] ?? '' },
      secrets: [],
      logFile: join(folder.path, 'logs', 'app.log'),
      ...changes,
    },
    guard,
  );
  running.push(started);
  return started;
}

const soon = (): AbortSignal => AbortSignal.timeout(10_000);
const log = (): string => readFileSync(join(folder.path, 'logs', 'app.log'), 'utf8');

describe('a started process', () => {
  test('leads a group of its own and has the given environment, the tag, and nothing else', async () => {
    const app = await start('import os; print(os.getpid() == os.getpgrp(), sorted(os.environ))', {
      environment: { PATH: '/bin', LC_CTYPE: 'C.UTF-8' },
    });
    expect(guard.watched).toEqual(new Set([app.pid]));
    await app.exited;
    expect(app.tail()).toEqual(["True ['INSIGHTS_COMPARISON_RUN_TAG', 'LC_CTYPE', 'PATH']"]);
    expect(guard.watched.size).toBe(0);
  });

  test('tells how it ended', async () => {
    const app = await start('import sys; sys.exit(3)');
    expect(app.hasExited()).toBe(false);
    expect(await app.exited).toEqual({ code: 3, signal: null, forced: false });
    expect(app.hasExited()).toBe(true);
    expect(await app.stop({ graceSeconds: 1 })).toEqual({
      exit: { code: 3, signal: null, forced: false },
      shutdownMs: 0,
    });
  });

  test('keeps the last 200 lines in memory and all of them in the log, both streams', async () => {
    const lines: string[] = [];
    const app = await start(
      'import sys\nfor i in range(250): print(i)\nprint("to stderr", file=sys.stderr)\nsys.stdout.write("no end")',
      { onLine: (line) => lines.push(line) },
    );
    await app.exited;
    expect(app.tail()).toHaveLength(200);
    expect(lines).toHaveLength(252);
    expect(lines).toEqual(expect.arrayContaining(['0', 'to stderr', 'no end']));
    await until('the log is written', () => log().split('\n').length === 253);
  });

  test('shows no secret, in no form, however the output is cut', async () => {
    const secrets = ['s3cret/+value', 'abc', 'line one\nline two', 'quo"ted'];
    const app = await start(
      `
import json, sys, time, urllib.parse
secret = 's3cret/+value'
sys.stdout.write('key=' + secret[:5]); sys.stdout.flush(); time.sleep(0.02)
print(secret[5:] + ';')
print(urllib.parse.quote(secret, safe=''))
print('line two', 'abc', json.dumps('quo"ted'))
`,
      { secrets },
    );
    await app.exited;
    expect(app.tail()).toEqual(['key=•••;', '•••', '••• abc "•••"']);
    await until('the log is written', () => log().split('\n').length === 4);
    expect(log()).not.toContain('s3cret');
  });

  test('resolves a wait for a line that came before, or comes later, and not for one that never comes', async () => {
    const app = await start('import sys\nprint("ready.", flush=True)\nsys.stdin.read()\nimport time\ntime.sleep(60)');
    expect(await app.waitForLine(/^ready/g, soon())).toBe('ready.');
    expect(await app.waitForLine(/^ready/g, soon())).toBe('ready.');
    const stop = new AbortController();
    const never = app.waitForLine(/never/, stop.signal);
    stop.abort(new Error('stopped by the user'));
    await expect(never).rejects.toThrow('stopped by the user');
    const late = app.waitForLine(/never/, soon());
    void app.stop({ graceSeconds: 5 });
    await expect(late).rejects.toThrow('app ended (signal SIGTERM) before it was ready.');
  });
});

describe('a program that cannot be started', () => {
  test('is named, with the fix, when it is not there', async () => {
    await expect(start('', { command: ['no-such-program-here'] })).rejects.toMatchObject({
      code: 'target',
      message: 'app could not start: there is no program no-such-program-here.',
      hint: expect.stringContaining('Install it') as unknown,
    });
  });

  test('is named when it is not executable', async () => {
    const file = folder.write('serve.sh', '#!/bin/sh\n');
    chmodSync(file, 0o644);
    await expect(start('', { command: [file] })).rejects.toMatchObject({
      message: `app could not start: ${file} may not be executed.`,
      hint: expect.stringContaining('chmod +x') as unknown,
    });
  });

  test('is not blamed for a folder that is not there', async () => {
    await expect(start('', { cwd: join(folder.path, 'none') })).rejects.toMatchObject({
      message: expect.stringContaining('does not exist') as unknown,
      hint: expect.stringContaining('"cwd"') as unknown,
    });
  });
});

describe('stopping', () => {
  test('lets the process end in its own time, and measures it', async () => {
    const app = await start(`
import signal, sys, time
def end(*_):
    time.sleep(0.2)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
print('ready', flush=True)
while True: signal.pause()
`);
    await app.waitForLine(/ready/, soon());
    const { exit, shutdownMs } = await app.stop({ graceSeconds: 10 });
    expect(exit).toEqual({ code: 0, signal: null, forced: false });
    expect(shutdownMs).toBeGreaterThan(199);
    expect(shutdownMs).toBeLessThan(1_500);
    expect(guard.watched.size).toBe(0);
  });

  const stubborn = `
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = os.fork()
if child: print('child', child, flush=True)
while True: signal.pause()
`;

  test('kills the whole group after the grace, and says so', async () => {
    const app = await start(stubborn);
    const child = Number((await app.waitForLine(/^child/, soon())).split(' ')[1]);
    const waits: number[] = [];
    const { exit, shutdownMs } = await app.stop({ graceSeconds: 1.2, onWait: (seconds) => waits.push(seconds) });
    expect(exit).toEqual({ code: null, signal: 'SIGKILL', forced: true });
    expect(shutdownMs).toBeGreaterThan(1_190);
    expect(waits).toEqual([1]);
    expect(isRunning(child)).toBe(false);
  });

  test('is cut short by force', async () => {
    const app = await start(stubborn);
    await app.waitForLine(/^child/, soon());
    const force = new AbortController();
    const stopped = app.stop({ graceSeconds: 60, force: force.signal });
    force.abort();
    const { exit, shutdownMs } = await stopped;
    expect(exit.forced).toBe(true);
    expect(shutdownMs).toBeLessThan(1_000);
  });

  test('is done when the leader is: an orphan that holds its output is ended, not waited for', async () => {
    const app = await start(`
import os, signal
child = os.fork()
if not child:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print('child', os.getpid(), flush=True)
while True: signal.pause()
`);
    const child = Number((await app.waitForLine(/^child/, soon())).split(' ')[1]);
    const { exit, shutdownMs } = await app.stop({ graceSeconds: 60 });
    expect(exit).toEqual({ code: null, signal: 'SIGTERM', forced: false });
    expect(shutdownMs).toBeLessThan(500);
    expect(isRunning(child)).toBe(false);
  });

  test('sends SIGTERM to the leader alone', async () => {
    mkdirSync(join(folder.path, 'seen'));
    const app = await start(`
import os, signal, sys, time
name = 'leader'
def end(*_):
    open(os.path.join('seen', name), 'w').close()
    if name == 'leader':
        # Time for the child to answer a signal that it should not have been sent.
        time.sleep(0.2)
        os.kill(child, signal.SIGKILL); os.wait()
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
child = os.fork()
if not child: name = 'child'
else: print('ready', flush=True)
while True: signal.pause()
`);
    await app.waitForLine(/ready/, soon());
    await app.stop({ graceSeconds: 10 });
    expect(namesIn(join(folder.path, 'seen'))).toEqual(['leader']);
  });
});
