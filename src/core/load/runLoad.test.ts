import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { behaviourSchema } from '../../shared/behaviour';
import type { GeneratorReply, ScenarioJob } from './loadJob';
import { runLoad, type LoadDependencies } from './runLoad';
import { startTestServer, type TestServer } from './startTestServer';

let folder: string;
let deps: LoadDependencies;
const servers: TestServer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generator-'));
  const entry = join(folder, 'generator.js');
  const format = { platform: 'node', target: 'node20.18', format: 'cjs' } as const;
  await build({
    ...format,
    bundle: true,
    entryPoints: [join(__dirname, 'generatorMain.ts')],
    outfile: entry,
    logLevel: 'warning',
  });
  deps = { entry, environment: { PATH: process.env['PATH'] ?? '' } };
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function okServer(onRequest: (count: number) => void = () => undefined): Promise<TestServer> {
  let count = 0;
  const server = await startTestServer((_request, response) => {
    count += 1;
    response.end('ok');
    onRequest(count);
  });
  servers.push(server);
  return server;
}

function job(server: TestServer, change: Partial<ScenarioJob> = {}): ScenarioJob {
  const behaviour = behaviourSchema.parse({ waitSeconds: [0.01, 0.02], requests: [{ name: 'a', path: '/' }] });
  const load = { type: 'users', users: 3, spawnRatePerSecond: 100 } as const;
  const times = { warmupSeconds: 0.1, durationSeconds: 1, timeoutSeconds: 2 };
  return {
    kind: 'scenario',
    origin: server.origin,
    requestIdPrefix: 'p',
    seed: 1,
    block: 0,
    load,
    behaviour,
    ...times,
    ...change,
  };
}

const forever = { durationSeconds: 600 };

describe('load generator process', () => {
  test('runs a job and tells what happens in order', async () => {
    const replies: GeneratorReply[] = [];
    let pid = 0;
    const options = {
      signal: new AbortController().signal,
      onReply: (reply: GeneratorReply) => replies.push(reply),
      onStarted: (id: number) => (pid = id),
    };
    const result = await runLoad(job(await okServer()), deps, options);
    const kinds = replies.flatMap((reply) =>
      reply.type === 'second' ? [] : [reply.type === 'window' ? reply.edge : reply.type],
    );
    expect(kinds).toEqual(['ready', 'warming', 'start', 'end', 'done']);
    expect(replies.some((reply) => reply.type === 'second' && reply.second.isMeasured)).toBe(true);
    expect(result.requests).toBeGreaterThan(10);
    expect(result.cpuSeconds).toBeGreaterThan(0);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  test('runs a capacity job out of the same bundle', async () => {
    const { load: _load, behaviour: _behaviour, ...common } = job(await okServer());
    const requests = [{ name: 'a', method: 'GET', path: '/' }] as const;
    const result = await runLoad({ ...common, kind: 'capacity', connections: 2, requests, headers: {} }, deps, {
      signal: new AbortController().signal,
    });
    expect([result.failures, result.requests > 50]).toEqual([0, true]);
  });

  test('killed in the middle it is an error that says so', async () => {
    let pid = 0;
    const server = await okServer((count) => {
      if (count === 5) process.kill(pid, 'SIGKILL');
    });
    const running = runLoad(job(server, forever), deps, {
      signal: new AbortController().signal,
      onStarted: (id) => (pid = id),
    });
    await expect(running).rejects.toThrow('The load generator ended unexpectedly (signal SIGKILL)');
  });

  test('stopped it still yields what there is', async () => {
    const stop = new AbortController();
    const server = await okServer((count) => {
      if (count === 30) stop.abort();
    });
    const result = await runLoad(job(server, { ...forever, warmupSeconds: 0 }), deps, { signal: stop.signal });
    expect(result.requestIds.sent).toBeGreaterThanOrEqual(30);
    expect(result.requests).toBeGreaterThan(0);
    expect(result.durationSeconds).toBeLessThan(60);
  });

  test('aborted before it began it starts no process', async () => {
    const started: number[] = [];
    const options = {
      signal: AbortSignal.abort(new Error('not wanted')),
      onStarted: (pid: number) => started.push(pid),
    };
    await expect(runLoad(job(await okServer()), deps, options)).rejects.toThrow('not wanted');
    expect(started).toEqual([]);
  });

  test('a generator that does not heed the stop is killed', async () => {
    const entry = join(folder, 'deaf.js');
    await writeFile(entry, `process.on('message', () => {}); process.send({ type: 'ready' });`);
    const stop = new AbortController();
    const running = runLoad(
      job(await okServer()),
      { ...deps, entry },
      { signal: stop.signal, onReply: () => stop.abort() },
    );
    await expect(running).rejects.toThrow('The load generator ended unexpectedly (signal SIGKILL)');
  });

  test('a failure keeps its message; what it wrote to stderr is the cause of an unexpected end', async () => {
    const broken = { ...job(await okServer()), behaviour: { waitSeconds: [0, 0] as [number, number], requests: [] } };
    await expect(runLoad(broken, deps, { signal: new AbortController().signal })).rejects.toThrow(
      /The load generator failed: Behaviour/,
    );
    const entry = join(folder, 'crash.js');
    await writeFile(entry, `process.stderr.write('out of memory', () => process.exit(7));`);
    const crashed = runLoad(job(await okServer()), { ...deps, entry }, { signal: new AbortController().signal });
    await expect(crashed).rejects.toMatchObject({
      message: 'The load generator ended unexpectedly (exit code 7)',
      cause: 'out of memory',
    });
  });

  test('the death of its parent ends it at once, its connections with it', async () => {
    let onEnough = (): void => undefined;
    const enough = new Promise<void>((resolve) => {
      onEnough = resolve;
    });
    const server = await okServer((count) => {
      if (count === 5) onEnough();
    });
    const parentFile = join(folder, 'parent.js');
    const forkIt = `const child = require('node:child_process').fork(process.argv[2]); child.on('message', (m) => m.type === 'ready' && child.send(JSON.parse(process.argv[3])));`;
    await writeFile(parentFile, forkIt);
    const request = JSON.stringify({ type: 'run', job: job(server, forever) });
    const parent = spawn(process.execPath, [parentFile, deps.entry, request], { stdio: 'ignore' });
    await enough;
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await server.allClosed();
  });

  test('Ctrl-C does not reach it: the engine decides', async () => {
    const child = fork(deps.entry, [], { env: {}, execArgv: [] });
    await once(child, 'message');
    child.kill('SIGINT');
    child.send({ type: 'run', job: job(await okServer(), { durationSeconds: 0.2 }) });
    const types: string[] = [];
    child.on('message', (reply: GeneratorReply) => types.push(reply.type));
    const [code] = await once(child, 'exit');
    expect([code, types.at(-1)]).toEqual([0, 'done']);
  });
});
