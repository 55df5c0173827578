import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { finished, makeFakeCheckout, type FakeCheckout } from './fakeCheckout';

const job = ['--', 'job.js', 'demo', '--seed', '3'];

/** Says which signals it gets. It stays for a while after the first: a second one would come at once. */
const signalJob = `
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => { console.log(name); setTimeout(() => process.exit(5), 200); });
process.stderr.write('ready\\n');
setInterval(() => {}, 1000);`;

/** ENVIRONMENT COMMAND ARGS…: runs the command on a terminal of its own and types Ctrl-C when it is ready. */
const typeCtrlC = `
import json, os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execve(sys.argv[2], sys.argv[2:], json.loads(sys.argv[1]))
seen = b''
while True:
    try:
        chunk = os.read(terminal, 4096)
    except OSError:
        break
    if not chunk:
        break
    if b'ready' in seen + chunk and b'ready' not in seen:
        os.write(terminal, b'\\x03')
    seen += chunk
print(seen.decode(), 'exit code', os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;

/** What job.js prints of itself. */
function jobOf(stdout: string): { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  return z.object({ args: z.array(z.string()), env: z.record(z.string(), z.string()) }).parse(JSON.parse(stdout));
}

describe.skipIf(process.platform === 'win32')('the set-up', () => {
  let checkout: FakeCheckout;
  beforeEach(() => {
    checkout = makeFakeCheckout();
  });
  afterEach(() => {
    checkout.remove();
  });

  test('does everything once, then nothing, and hands over to the job each time', async () => {
    const first = await checkout.run(['demo', ...job]);
    expect(checkout.takeCalls()).toEqual(['npm ci --loglevel=error', 'venv', 'pip install', 'build']);
    expect(first.stderr.split('\n')).toEqual([
      'setup: installing the Node packages (npm ci)',
      expect.stringMatching(/^setup: installing the sample apps' Python packages into .*venv-3\.11\.7-/),
      'setup: building dist/',
      '',
    ]);
    const second = await checkout.run(['demo', ...job]);
    expect(checkout.takeCalls()).toEqual([]);
    expect(second.stderr).toBe('');

    expect([first.code, second.code]).toEqual([7, 7]);
    const { args, env } = jobOf(second.stdout);
    expect(args).toEqual(['demo', '--seed', '3']);
    expect(env['INSIGHTS_COMPARISON_SAMPLE_PYTHON']).toMatch(
      /\/cache\/insights-comparison\/venv-3\.11\.7-\w+\/bin\/python$/,
    );
    expect(env).not.toHaveProperty('INSIGHTS_COMPARISON_TEST_PYTHON');
  });

  test('does again only what depends on what changed', async () => {
    await checkout.run(['demo', ...job]);
    checkout.takeCalls();

    checkout.write('src/main.ts', 'two');
    await checkout.run(['demo', ...job]);
    expect(checkout.takeCalls()).toEqual(['build']);

    checkout.write('src/main.test.ts', 'no part of a bundle');
    await checkout.run(['demo', ...job]);
    expect(checkout.takeCalls()).toEqual([]);

    checkout.write('samples/flask/requirements.txt', 'flask==3.1.1\n');
    await checkout.run(['demo', ...job]);
    expect(checkout.takeCalls()).toEqual(['venv', 'pip install', 'build']);

    checkout.write(
      'package-lock.json',
      JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '2.0.0' } } }),
    );
    await checkout.run(['demo', ...job]);
    expect(checkout.takeCalls()).toEqual(['npm ci --loglevel=error', 'build']);
  });

  test("takes a developer's own npm install for good when it fits the lock", async () => {
    checkout.write(
      'node_modules/.package-lock.json',
      JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }),
    );
    await checkout.run(['demo', ...job]);
    expect(checkout.takeCalls()).toEqual(['venv', 'pip install', 'build']);
  });

  test('installs for the tests what only they need, and tells them where it is', async () => {
    const { stdout } = await checkout.run(['test', '--', 'job.js']);
    const { env } = jobOf(stdout);
    expect(env['INSIGHTS_COMPARISON_TEST_PYTHON']).toBe(env['INSIGHTS_COMPARISON_SAMPLE_PYTHON']);
    const isRoot = process.getuid?.() === 0;
    expect(checkout.takeCalls().filter((call) => call.startsWith('apt-get'))).toEqual(
      isRoot ? ['apt-get update', ...['Chromium', 'MariaDB', 'Redis'].map(() => 'apt-get install')] : [],
    );
    for (const name of ['CHROMIUM', 'TEST_MARIADB', 'TEST_REDIS'])
      expect(`INSIGHTS_COMPARISON_${name}` in env).toBe(isRoot);
  });

  test('installs for the benches what they measure ours against, beside what the tests need', async () => {
    const { stdout } = await checkout.run(['bench', '--', 'job.js']);
    const { env } = jobOf(stdout);
    expect(env['INSIGHTS_COMPARISON_TEST_PYTHON']).toBe(env['INSIGHTS_COMPARISON_SAMPLE_PYTHON']);
    const isRoot = process.getuid?.() === 0;
    expect(checkout.takeCalls().filter((call) => call === 'apt-get install')).toHaveLength(isRoot ? 4 : 0);
    expect(['INSIGHTS_COMPARISON_WRK' in env, 'INSIGHTS_COMPARISON_CHROMIUM' in env]).toEqual([isRoot, isRoot]);
  });

  test('says what failed in a sentence, ends with 1, and heals at the next run', async () => {
    checkout.replaceProgram('npm', 'echo "npm error code ENOTFOUND" >&2; exit 1');
    const failed = await checkout.run(['demo', ...job]);
    expect(failed).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'setup: installing the Node packages (npm ci)\n' +
        'setup: Installing the Node packages failed: the package server could not be reached. Check the network or the proxy, then run this again.\n' +
        '  npm error code ENOTFOUND\n',
    });
    checkout.replaceProgram('npm', 'mkdir -p node_modules');
    expect((await checkout.run(['demo', ...job])).code).toBe(7);
  });

  test('makes an environment anew that was interrupted', async () => {
    await checkout.run(['demo', ...job]);
    checkout.takeCalls();
    const environment = path.join(
      checkout.cache,
      readdirSync(checkout.cache).find((name) => name.startsWith('venv-')) ?? 'none',
    );
    execFileSync('rm', [path.join(environment, '.complete')]);
    writeFileSync(path.join(environment, 'half'), '');
    await checkout.run(['demo', ...job]);
    expect(checkout.takeCalls()).toEqual(['venv', 'pip install']);
    expect(existsSync(path.join(environment, 'half'))).toBe(false);
  });

  test('names every way out where there is no Python', async () => {
    checkout.replaceProgram('python3', 'echo 2.7.18; echo "$0"');
    checkout.replaceProgram('python', 'exit 9');
    const { code, stderr } = await checkout.run(['demo', ...job]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'setup: Python 3.9 or newer is needed and was not found (python3 is 2.7.18). Install it, or give its path in INSIGHTS_COMPARISON_PYTHON.\n',
    );
  });

  test('waits, and says so, while another one is at work, and then finds the work done', async () => {
    const gate = path.join(checkout.root, 'gate');
    execFileSync('mkfifo', [gate]);
    checkout.replaceProgram(
      'npm',
      `echo npm >> ${checkout.root}/npm-calls; mkdir -p node_modules; read line < ${gate}`,
    );
    const first = checkout.start(['demo', ...job]);
    const firstEnd = finished(first);
    await stderrLine(first, 'installing the Node packages');
    const second = checkout.start(['demo', ...job]);
    const secondEnd = finished(second);
    await stderrLine(second, 'waiting for another set-up to finish');
    writeFileSync(gate, 'go\n');
    expect([(await firstEnd).code, (await secondEnd).code]).toEqual([7, 7]);
    expect((await secondEnd).stderr).toMatch(
      /^setup: waiting for another set-up to finish \(process \d+; if there is none, delete .*\)\n$/,
    );
  });

  test('does not wait for one that is gone', async () => {
    mkdirSync(checkout.cache, { recursive: true });
    // The process that now has the id of the holder started at another time.
    writeFileSync(path.join(checkout.cache, 'setup.lock'), `${process.pid} 1`);
    const { code, stderr } = await checkout.run(['demo', ...job]);
    expect(code).toBe(7);
    expect(stderr).not.toContain('waiting');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'passes %s on where no terminal does, and ends as the job does',
    async (signal) => {
      checkout.write('job.js', signalJob);
      const child = checkout.start(['demo', ...job]);
      const end = finished(child);
      await stderrLine(child, 'ready');
      child.kill(signal);
      expect(await end).toMatchObject({ code: 5, stdout: `${signal}\n` });
    },
  );

  test('leaves Ctrl-C to the terminal, so that the job gets it once', async () => {
    // The set-up stands still until the job has the terminal's signal: one that it sent after that would be a second.
    checkout.write(
      'job.js',
      `process.once('SIGINT', () => process.kill(process.ppid, 'SIGCONT')); process.kill(process.ppid, 'SIGSTOP'); ${signalJob}`,
    );
    const python = process.env['INSIGHTS_COMPARISON_TEST_PYTHON'] ?? 'python3';
    const { command, args, env } = checkout.commandLine(['demo', ...job]);
    const words = ['-c', typeCtrlC, JSON.stringify(env), command, ...args];
    const { stdout } = await finished(spawn(python, words, { cwd: checkout.root }));
    expect(stdout.match(/SIGINT/g)).toHaveLength(1);
    expect(stdout).toContain('exit code 5');
  });

  test('ends as the job does when a signal ends that', async () => {
    checkout.write('job.js', `process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`);
    expect((await checkout.run(['demo', ...job])).code).toBe(137);
  });
});

/** Resolves when the child has written these words to stderr. */
function stderrLine(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stderr?.on('data', (chunk: string) => {
      seen += chunk;
      if (seen.includes(words)) resolve();
    });
    child.on('close', () => {
      reject(new Error(`it ended without writing "${words}": ${seen}`));
    });
  });
}
