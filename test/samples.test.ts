import { spawn, type ChildProcess } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse as parseEnvFile } from 'dotenv';
import { parse, type ParseError } from 'jsonc-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { projectFileSchema, type ProjectFile, type TargetSpec } from '../src/shared/projectFile';

const root = path.resolve(__dirname, '..');
const targetNames = ['flask', 'django'] as const;
type TargetName = (typeof targetNames)[number];

describe('the project file', () => {
  test('is valid, with both apps, the four variants and a scenario of its own', async () => {
    const file = await readProject();
    expect(Object.entries(file.targets).map(([name, target]) => [name, target.port])).toEqual([
      ['flask', 5000],
      ['django', 8000],
    ]);
    expect(Object.keys(file.variants ?? {})).toEqual([
      'no_honeybadger',
      'without_insights',
      'with_insights',
      'collect_only',
    ]);
    expect(file.variants?.['no_honeybadger']).toMatchObject({ default: false });
    expect(file.variants?.['collect_only']).toMatchObject({
      env: ['env_configs/.env.{target}.with_insights'],
      set: { HONEYBADGER_EVENTS_SAMPLE_RATE: '0' },
      default: false,
    });
    expect(Object.keys(file.behaviours)).toContain(file.scenarios['reports']?.behaviour);
  });

  test.each(targetNames)(
    'has env files for %s that differ in nothing but the switch they are named after',
    async (name) => {
      const without = await readVariant(name, 'without_insights');
      expect(without).toMatchObject({ HONEYBADGER_INSIGHTS_ENABLED: 'false', HONEYBADGER_ENVIRONMENT: 'production' });
      expect(await readVariant(name, 'with_insights')).toEqual({ ...without, HONEYBADGER_INSIGHTS_ENABLED: 'true' });
      expect(await readVariant(name, 'no_honeybadger')).toEqual({ ...without, SAMPLE_HONEYBADGER: 'off' });
    },
  );
});

describe('the sample apps', () => {
  const apps = new Map<TargetName, RunningApp>();
  const collectors = new Map<TargetName, Collector>();

  beforeAll(async () => {
    await Promise.all(
      targetNames.map(async (name) => {
        const collector = await startCollector();
        collectors.set(name, collector);
        // The interpreter lists on stderr what it imports: see the test of SAMPLE_HONEYBADGER.
        const extra = { HONEYBADGER_ENDPOINT: collector.url, PYTHONPROFILEIMPORTTIME: '1' };
        apps.set(name, await startApp(name, 'with_insights', extra));
      }),
    );
  });

  afterAll(async () => {
    await Promise.all([...apps.values()].map((app) => app.dispose()));
    for (const collector of collectors.values()) collector.server.close();
  });

  describe.each(targetNames)('%s', (name) => {
    test('answers on its pages', async () => {
      expect(await get(name, '/')).toMatchObject({ status: 200, body: { app: name } });
      expect(await get(name, '/api/warmup/')).toEqual({ status: 200, body: { status: 'ready', customers: 70 } });
    });

    test('computes a/b, names what is wrong with the values, and fails for real when b is 0', async () => {
      expect(await get(name, '/api/error/?a=6&b=-3')).toEqual({ status: 200, body: { a: 6, b: -3, result: -2 } });
      for (const query of ['', '?a=1', '?a=1&b=x']) {
        const answer = await get(name, `/api/error/${query}`);
        expect(answer).toMatchObject({
          status: 400,
          body: { error: expect.stringContaining('whole numbers') as unknown },
        });
      }
      expect((await ask(`${app(name).url}/api/error/?a=6&b=0`)).status).toBe(500);
    });

    test('refuses an unknown task with a sentence', async () => {
      for (const body of ['{"task_name":"mow_the_lawn"}', '[]', 'not JSON']) {
        const answer = await post(name, body);
        expect(answer).toMatchObject({
          status: 400,
          body: { error: expect.stringContaining('analysis_job') as unknown },
        });
      }
    });

    test('lets the worker run a task, which adds a row, and still shows 20 rows, the newest first', async () => {
      const before = await rows(name);
      expect(before.map((row) => row.id)).toEqual(Array.from({ length: 20 }, (_, index) => 100 - index));
      const answer = await post(name, '{"task_name":"cleanup_task"}');
      expect(answer).toMatchObject({ status: 202, body: { task_id: expect.stringMatching(/\S/) as unknown } });
      const after = await until(20_000, 'the task adds its row', async () => {
        const found = await rows(name);
        return found[0]?.id === 101 ? found : undefined;
      });
      expect(after[0]).toMatchObject({ name: 'cleanup_task' });
      expect(after).toHaveLength(20);
    });
  });

  test('make the same report of the same rows', async () => {
    const reports = await Promise.all(targetNames.map((name) => get(name, '/api/report/')));
    expect(reports[0]).toEqual(reports[1]);
    const parts = z.record(z.string(), z.array(z.unknown()).min(5)).parse(reports[0]?.body);
    expect(Object.keys(parts)).toHaveLength(6);
  });

  test('stop cleanly on SIGTERM, and have sent by then what happened: queries of 300 characters and more, twice in Django', async () => {
    // The process that leads each group is the one that is asked; gunicorn and Celery see to their own.
    expect(await Promise.all(targetNames.map((name) => app(name).stop()))).toEqual([
      [0, 0],
      [0, 0],
    ]);
    for (const [name, timesEach] of [['flask', 1] as const, ['django', 2] as const]) {
      const { events, notices } = collected(name);
      expect(
        events.filter((event) => event.event_type === `${name}.request` && event.path === '/api/report/'),
      ).toHaveLength(1);
      // Only the report's queries sum anything or ask whether something exists.
      const queries = events.flatMap((event) =>
        /\bsum\(|\bexists\s*\(/i.test(event.query ?? '') ? [event.query ?? ''] : [],
      );
      expect(Math.min(...queries.map((query) => query.length))).toBeGreaterThanOrEqual(300);
      expect([new Set(queries).size, queries.length]).toEqual([6, 6 * timesEach]);
      expect(events.filter((event) => event.event_type === 'celery.task_finished')).toHaveLength(1);
      expect(notices.map((notice) => notice.error.class)).toEqual(['ZeroDivisionError']);
    }
  });

  test('never import honeybadger when SAMPLE_HONEYBADGER is off, and do when it is not', async () => {
    const importsHoneybadger = (running: RunningApp): readonly boolean[] =>
      running.outputs().map((output) => {
        expect(output).toMatch(/^import time: .*\| +celery$/m);
        return /^import time: .*\| +honeybadger$/m.test(output);
      });
    const withoutIt = async (name: TargetName): Promise<readonly boolean[]> => {
      const running = await startApp(name, 'no_honeybadger', { PYTHONPROFILEIMPORTTIME: '1' });
      try {
        expect(await running.stop()).toEqual([0, 0]);
        return importsHoneybadger(running);
      } finally {
        await running.dispose();
      }
    };
    expect(await Promise.all(targetNames.map(withoutIt))).toEqual([
      [false, false],
      [false, false],
    ]);
    expect(targetNames.map((name) => importsHoneybadger(app(name)))).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  test('say how to prepare a database that has no tables', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'insights-comparison-samples-'));
    const port = await freePort();
    const environment = await environmentOf('flask', 'no_honeybadger', {
      DB_NAME: path.join(folder, 'empty.sqlite3'),
      BROKER_DIR: folder,
    });
    const web = run(target(await readProject(), 'flask').command ?? [], 'flask', port, environment);
    try {
      const answer = await until(20_000, 'an answer', () =>
        ask(`http://127.0.0.1:${port}/api/warmup/`).catch(() => undefined),
      );
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain('python -m prepare');
    } finally {
      web.kill();
      await web.exited;
      await rm(folder, { recursive: true, force: true });
    }
  });

  function app(name: TargetName): RunningApp {
    const running = apps.get(name);
    if (!running) throw new Error(`${name} does not run`);
    return running;
  }

  function collected(name: TargetName): Collector {
    const collector = collectors.get(name);
    if (!collector) throw new Error(`${name} has no collector`);
    return collector;
  }

  async function get(name: TargetName, page: string): Promise<Answer> {
    return answerOf(await ask(`${app(name).url}${page}`));
  }

  async function post(name: TargetName, body: string): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json' };
    return answerOf(await ask(`${app(name).url}/api/task/`, { method: 'POST', headers, body }));
  }

  async function rows(name: TargetName): Promise<readonly z.infer<typeof dataSchema>['rows'][number][]> {
    return dataSchema.parse((await get(name, '/api/data/')).body).rows;
  }
});

describe('what both apps share', () => {
  test('is the same in both: each is a whole app on its own', async () => {
    for (const [one, other] of [
      ['flask/seed_data.py', 'django/shop/seed_data.py'],
      ['flask/broker.py', 'django/project/broker.py'],
      ['flask/gunicorn.conf.py', 'django/gunicorn.conf.py'],
    ] as const) {
      expect(await readFile(path.join(root, 'samples', one), 'utf8')).toBe(
        await readFile(path.join(root, 'samples', other), 'utf8'),
      );
    }
  });

  test('loses no message to a worker that reads while others write', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'insights-comparison-broker-'));
    const stress = run(['{python}', '-c', brokerStress, folder], 'flask', 0, {});
    try {
      expect(await stress.exited, stress.output()).toBe(0);
      expect(stress.output()).toContain('1500 read');
    } finally {
      stress.kill();
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("Django's migrations say what its models say", async () => {
    const environment = await environmentOf('django', 'no_honeybadger', { BROKER_DIR: tmpdir(), DB_NAME: ':memory:' });
    const check = run(['{python}', 'manage.py', 'makemigrations', '--check', '--dry-run'], 'django', 0, environment);
    expect(await check.exited, check.output()).toBe(0);
  });
});

const brokerStress = `
import multiprocessing, pathlib, sys, time
from kombu import Connection
import broker
options = broker.use_folder(pathlib.Path(sys.argv[1]))
def write():
    with Connection("filesystem://localhost", transport_options=options) as connection:
        queue = connection.SimpleQueue("celery")
        for number in range(750):
            queue.put({"number": number})
writers = [multiprocessing.get_context("fork").Process(target=write) for _ in range(2)]
with Connection("filesystem://localhost", transport_options=options) as connection:
    queue = connection.SimpleQueue("celery")
    for writer in writers: writer.start()
    read, deadline = 0, time.monotonic() + 30
    while read < 1500 and time.monotonic() < deadline:
        try:
            queue.get(block=False).ack()
            read += 1
        except queue.Empty:
            pass
    for writer in writers: writer.join()
print(read, "read")
`;

const dataSchema = z.object({
  rows: z.array(z.object({ id: z.int(), name: z.string(), value: z.int(), created_at: z.string() })),
});
const eventSchema = z.object({ event_type: z.string(), query: z.string().optional(), path: z.string().optional() });
const noticeSchema = z.object({ error: z.object({ class: z.string() }) });

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Asks over a connection of its own: gunicorn closes one that was idle for two seconds, and a request that is
 * under way by then fails.
 */
function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Connection', 'close');
  return fetch(url, { ...init, headers });
}

async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, body: await response.json() };
}

interface Collector {
  readonly url: string;
  readonly server: Server;
  readonly events: z.infer<typeof eventSchema>[];
  readonly notices: z.infer<typeof noticeSchema>[];
}

/** Takes what honeybadger sends and answers 201, as the service does. */
async function startCollector(): Promise<Collector> {
  const events: Collector['events'] = [];
  const notices: Collector['notices'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      if (request.url === '/v1/notices/') notices.push(noticeSchema.parse(JSON.parse(text)));
      else for (const line of text.split('\n')) events.push(eventSchema.parse(JSON.parse(line)));
      response.writeHead(201).end();
    });
  });
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address()))),
  );
  return { url: `http://127.0.0.1:${port}`, server, events, notices };
}

interface RunningApp {
  readonly url: string;
  /** Asks web process and worker to end; their exit codes. */
  stop(): Promise<readonly (number | null)[]>;
  outputs(): readonly string[];
  dispose(): Promise<void>;
}

/** Prepares a template, gives the app a copy of it, and starts web process and worker as the project file says; resolves when both are ready. */
async function startApp(
  name: TargetName,
  variant: string,
  extra: Readonly<Record<string, string>>,
): Promise<RunningApp> {
  const folder = await mkdtemp(path.join(tmpdir(), `insights-comparison-${name}-`));
  const state = { DB_NAME: path.join(folder, 'template.sqlite3'), BROKER_DIR: path.join(folder, 'broker') };
  await mkdir(state.BROKER_DIR);
  const spec = target(await readProject(), name);
  const companion = spec.companions[0];
  if (!companion?.ready) throw new Error(`${name} has no worker`);
  const port = await freePort();
  for (const command of spec.prepare) {
    const prepare = run(command, name, port, await environmentOf(name, variant, state));
    expect(await prepare.exited, prepare.output()).toBe(0);
  }
  const database = path.join(folder, 'trial.sqlite3');
  await copyFile(state.DB_NAME, database);
  const environment = await environmentOf(name, variant, { ...state, ...extra, DB_NAME: database });
  const worker = run(companion.command, name, port, environment);
  const web = run(spec.command ?? [], name, port, environment);
  const processes = [web, worker];
  const url = `http://127.0.0.1:${port}`;
  const readyLine = new RegExp(companion.ready.log);
  const dispose = async (): Promise<void> => {
    for (const started of processes) started.kill();
    await Promise.all(processes.map((started) => started.exited));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until(30_000, `${name} is ready`, async () => {
      if (processes.some((started) => started.hasExited()))
        throw new Error(processes.map((started) => started.output()).join('\n'));
      const response = await ask(`${url}${spec.ready}`).catch(() => undefined);
      return response?.status === 200 && readyLine.test(worker.output()) ? true : undefined;
    });
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    url,
    stop: () => {
      for (const started of processes) started.terminate();
      return Promise.all(processes.map((started) => started.exited));
    },
    outputs: () => processes.map((started) => started.output()),
    dispose,
  };
}

interface Started {
  readonly exited: Promise<number | null>;
  hasExited(): boolean;
  output(): string;
  terminate(): void;
  kill(): void;
}

function run(
  command: readonly string[],
  name: TargetName,
  port: number,
  environment: Readonly<Record<string, string>>,
): Started {
  const [program = '', ...words] = command.map((word) =>
    word.replaceAll('{python}', python()).replaceAll('{port}', String(port)),
  );
  const env = { ...inherited(), ...environment };
  const child = spawn(program, words, {
    cwd: path.join(root, 'samples', name),
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
    child.on('error', (error) => {
      output += error.message;
      resolve(null);
    });
  });
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    exited,
    hasExited,
    output: () => output,
    terminate: () => child.kill('SIGTERM'),
    kill: () => killGroup(child),
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended already.
  }
}

async function environmentOf(
  name: TargetName,
  variant: string,
  extra: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  return { ...(await readVariant(name, variant)), ...extra };
}

/** What a user's shell gives, without any setting of a honeybadger, database or Django elsewhere. */
function inherited(): NodeJS.ProcessEnv {
  const foreign = /^(HONEYBADGER_|DB_|SAMPLE_|CELERY_|DJANGO_|FLASK_|PYTHON)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), PYTHONDONTWRITEBYTECODE: '1', NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
}

function python(): string {
  const found = process.env['INSIGHTS_COMPARISON_TEST_PYTHON'];
  if (!found) {
    throw new Error(
      'INSIGHTS_COMPARISON_TEST_PYTHON is not set: `npm test` sets it to a Python that has samples/requirements.txt installed.',
    );
  }
  return found;
}

async function readProject(): Promise<ProjectFile> {
  const errors: ParseError[] = [];
  const text = await readFile(path.join(root, 'insights-comparison.jsonc'), 'utf8');
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  expect(errors).toEqual([]);
  return projectFileSchema.parse(value);
}

function target(file: ProjectFile, name: TargetName): TargetSpec {
  const found = file.targets[name];
  if (!found) throw new Error(`The project file has no target ${name}`);
  return found;
}

async function readVariant(name: TargetName, variant: string): Promise<Record<string, string>> {
  const spec = (await readProject()).variants?.[variant];
  if (!spec) throw new Error(`The project file has no variant ${variant}`);
  const files = Array.isArray(spec) ? spec : spec.env;
  const texts = await Promise.all(
    files.map((file) => readFile(path.join(root, file.replaceAll('{target}', name)), 'utf8')),
  );
  return Object.assign({}, ...texts.map((text) => parseEnvFile(text))) as Record<string, string>;
}

function portOf(address: ReturnType<Server['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('Not a TCP server');
  return address.port;
}

async function freePort(): Promise<number> {
  const server = createTcpServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address()))),
  );
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The first answer of `attempt` that is not undefined; fails at the deadline. */
async function until<T>(deadlineMs: number, what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const found = await attempt();
    if (found !== undefined) return found;
    if (performance.now() > endMs) throw new Error(`After ${deadlineMs / 1000} s still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
