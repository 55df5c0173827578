import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { behaviourSchema } from '../../shared/behaviour';
import type { LoadResult } from './loadJob';
import { runJob } from './runJob';
import { startTestServer } from './startTestServer';

// Servers that close an idle connection inside the think time, as gunicorn does after 2 s inside WebAppUser's 1 to 3 s.

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function runUsers(
  origin: string,
  options: { readonly users: number; readonly waitSeconds: [number, number]; readonly durationSeconds: number },
): Promise<LoadResult> {
  const { users, waitSeconds, durationSeconds } = options;
  const behaviour = behaviourSchema.parse({ waitSeconds, requests: [{ name: 'a', path: '/' }] });
  const load = { type: 'users', users, spawnRatePerSecond: 1000 } as const;
  const times = { warmupSeconds: 0, durationSeconds, timeoutSeconds: 5 };
  const origins = { origin, requestIdPrefix: 'k', seed: 1, block: 0 };
  return runJob(
    { kind: 'scenario', ...origins, load, behaviour, ...times },
    { signal: new AbortController().signal, onReply: () => undefined },
  );
}

test('closed by the server at the very moment of sending: hundreds of requests, retries, no failure', async () => {
  // Naming the connection header keeps Node from sending its idle limit along, as gunicorn never does. Node adds a grace of 1 s to
  // its own limit, so the limit is set on the socket.
  const server = await startTestServer((request, response) => {
    response.setHeader('Connection', 'keep-alive').end('ok');
    response.on('finish', () => setImmediate(() => request.socket.setTimeout(8)));
  });
  cleanUps.push(() => server.close());
  const { requests, failures, reconnects, retries } = await runUsers(server.origin, {
    users: 20,
    waitSeconds: [0.005, 0.012],
    durationSeconds: 3,
  });
  expect(failures).toBe(0);
  expect(requests).toBeGreaterThan(300);
  expect(retries).toBeGreaterThan(0);
  expect(reconnects).toBeGreaterThan(retries);
});

/** A real gunicorn with the sample apps' kind of worker; resolves with its origin. */
async function startGunicorn(keepAliveSeconds: number): Promise<string> {
  const python = process.env['INSIGHTS_COMPARISON_TEST_PYTHON'];
  if (!python) throw new Error('INSIGHTS_COMPARISON_TEST_PYTHON is not set: run `npm test`.');
  const folder = await mkdtemp(path.join(tmpdir(), 'keep-alive-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const app = `def app(environ, start_response):
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
`;
  await writeFile(path.join(folder, 'app.py'), app);
  const worker = ['--worker-class', 'gthread', '--threads', '4', '--keep-alive', String(keepAliveSeconds)];
  const child = spawn(python, ['-m', 'gunicorn', '--bind', '127.0.0.1:0', ...worker, 'app:app'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, which ends whole.
    detached: true,
  });
  cleanUps.push(() => endOf(child));
  for await (const line of createInterface(child.stderr)) {
    const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (origin !== undefined) return origin;
  }
  throw new Error('gunicorn ended before it listened');
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const exited = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await exited;
}

test.skipIf(process.platform === 'win32')(
  'a real gunicorn whose idle limit lies inside the think time: hundreds of requests, none of them fails',
  async () => {
    const origin = await startGunicorn(1);
    const result = await runUsers(origin, { users: 60, waitSeconds: [0.5, 1.5], durationSeconds: 7 });
    expect([result.failures, result.requestIds.unanswered]).toEqual([0, []]);
    expect(result.requests).toBeGreaterThan(300);
    // About half of the thoughts outlast the limit.
    expect(result.reconnects).toBeGreaterThan(result.requests / 4);
  },
);
