import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPrivateServers, type PrivateServers } from '../../src/core/target/privateServers';
import { createServerState, type ServerState } from '../../src/core/target/serverState';
import { createTestGuard } from '../../src/core/target/testGuard';
import type { ComparisonRecord } from '../../src/shared/record';
import {
  processesOf,
  runCommandLine,
  startCommand,
  testPython,
  until,
  isMeasuring,
  type TestProject,
} from './commandLine';

// The stack that the samples were asked for, for real: MariaDB, Redis and a Celery worker, private to the run.

const environment = { ...stringsOf(process.env) };

describe('the Flask sample on MariaDB, Redis and Celery', () => {
  let project: TestProject;
  beforeAll(async () => {
    project = await sampleProject();
  });
  afterAll(async () => project.remove());

  const words = ['run', '.', 'light_load', 'flask', '--stack', 'mysql-redis', '--blocks', '1', '--trial', '5s'];
  const short = [...words, '--warmup', '1s', '--no-capacity', '--seed', '1', '--users', '20', '--spawn-rate', '50'];

  test('has rows inserted, tasks executed, and their events from the worker of the candidate alone', async () => {
    const command = await runCommandLine(project, [...short, '--json', '--quiet']);
    expect(command).toMatchObject({ code: 0 });
    const record = JSON.parse(command.stdout) as ComparisonRecord;
    expect(record).toMatchObject({ status: 'complete', plan: { companions: ['celery', 'mariadb', 'redis'] } });
    expect(record.plan.resets).toEqual(['mysql', 'redis']);
    for (const trial of record.trials) {
      expect(Object.keys(trial.companions).sort()).toEqual(['celery', 'mariadb', 'redis']);
      expect(trial.companions['mariadb']?.cpuSeconds?.user).toBeGreaterThan(0);
      expect(trial.backlog).toBeDefined();
      // What the tasks did, read back from the database.
      expect(Object.values(trial.rowsAdded ?? {}).reduce((sum, rows) => sum + rows, 0)).toBeGreaterThan(0);
      expect(trial.verification.ok).toBe(true);
    }
    const finished = record.trials.map(({ variant, verification }) => [
      variant,
      (verification.eventsByType?.['celery.task_finished'] ?? 0) > 0,
    ]);
    expect(Object.fromEntries(finished)).toEqual({ without_insights: false, with_insights: true });
    expect(await processesOf(project)).toEqual([]);
  }, 180_000);

  test('leaves no server when everything is killed in a trial', async () => {
    const running = startCommand(project, [...short, '--events']);
    await running.waitFor(isMeasuring);
    running.child.kill('SIGKILL');
    await running.exited;
    await until('every process is gone', 20, async () => (await processesOf(project)).length === 0);
  }, 120_000);
});

describe("databases of a trial's own", () => {
  let folder: string;
  let servers: PrivateServers;
  const { signal } = new AbortController();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'ic-servers-'));
    servers = await startPrivateServers({
      folder: path.join(folder, 'servers'),
      guard: createTestGuard(),
      environment,
      logFile: path.join(folder, 'log'),
      signal,
    });
  }, 120_000);
  afterAll(async () => {
    await servers.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a server that is not installed is named, with what to install', async () => {
    const nowhere = { folder, guard: createTestGuard(), environment: {}, logFile: path.join(folder, 'log'), signal };
    await expect(startPrivateServers({ ...nowhere, serverFolders: [] })).rejects.toMatchObject({
      code: 'target',
      message: '--stack mysql-redis needs a Redis server, and redis-server or valkey-server was not found',
      hint: expect.stringContaining('apt install redis-server') as unknown,
    });
  });

  test('are copies of what the variable names, and go; what the user has stays', async () => {
    await sql(
      'CREATE DATABASE shop',
      'CREATE TABLE shop.goods (id INT PRIMARY KEY AUTO_INCREMENT, name TEXT, twice INT AS (id * 2))',
    );
    await sql(
      'INSERT INTO shop.goods (name) VALUES ("one"), ("two")',
      'CREATE VIEW shop.names AS SELECT name FROM shop.goods',
    );
    const state = serverState('11111111');
    const variables = { ...servers.environment, DB_NAME: 'shop' };
    const { DB_NAME: first = '' } = await state.open('1', variables);
    const { DB_NAME: second = '' } = await state.open('2', variables);
    await sql(`DELETE FROM \`${first}\`.goods`, `INSERT INTO \`${second}\`.goods (name) VALUES ("three")`);
    expect(await state.rowsAdded('1')).toEqual({ goods: -2 });
    expect(await state.rowsAdded('2')).toEqual({ goods: 1 });
    expect(await sql(`SELECT count(*), max(twice) FROM \`${second}\`.goods`)).toEqual([[3, 6]]);
    expect(await sql(`SELECT count(*) FROM \`${second}\`.names`)).toEqual([[3]]);
    expect(await sql('SELECT count(*) FROM shop.goods')).toEqual([[2]]);
    await state.close('1');
    await state.closeAll();
    expect(await databases()).toEqual(expect.arrayContaining(['shop']));
    expect((await databases()).filter((name) => name.startsWith('insights_comparison_1'))).toEqual([]);
  });

  test('are copies of what "prepare" has filled', async () => {
    const state = serverState('22222222');
    const { DB_NAME: template = '' } = await state.openTemplate('base', {
      ...servers.environment,
      DB_NAME: 'shop',
    });
    await sql(`CREATE TABLE \`${template}\`.made (id INT)`, `INSERT INTO \`${template}\`.made VALUES (7)`);
    const { DB_NAME: trial = '' } = await state.open('1', { ...servers.environment, DB_NAME: 'shop' }, 'base');
    expect(await sql(`SELECT id FROM \`${trial}\`.made`)).toEqual([[7]]);
    await state.closeAll();
  });

  test('are named within a URL where the variable holds one', async () => {
    const { DB_HOST, DB_PORT, DB_USER, DB_PASSWORD } = servers.environment;
    const url = `mysql+pymysql://${DB_USER}:${DB_PASSWORD}@${DB_HOST}:${DB_PORT}/shop?charset=utf8mb4`;
    const state = createServerState({ ...options('33333333'), reset: { mysql: 'DATABASE_URL' } });
    const opened = await state?.open('1', { DATABASE_URL: url });
    expect(opened?.['DATABASE_URL']).toBe(url.replace('/shop?', '/insights_comparison_33333333_1?'));
    await state?.closeAll();
  });

  test('of Redis are empty ones that nobody uses, and are emptied again', async () => {
    const broker = servers.environment['CELERY_BROKER_URL'] ?? '';
    await redis(15, 'set users 1');
    const state = createServerState({ ...options('44444444'), reset: { redis: 'CELERY_BROKER_URL' } });
    const first = await state?.open('1', { CELERY_BROKER_URL: broker });
    const second = await state?.open('2', { CELERY_BROKER_URL: broker });
    expect([first, second].map((each) => each?.['CELERY_BROKER_URL']?.split('/').at(-1))).toEqual(['14', '13']);
    await redis(14, 'rpush celery one two');
    expect(await state?.backlog('1')).toEqual({ celery: 2 });
    expect(await state?.backlog('2')).toEqual({});
    await state?.closeAll();
    expect(await redis(14, 'dbsize')).toBe(':0');
    expect(await redis(15, 'dbsize')).toBe(':1');
  });

  test('of a run that was killed are dropped by the next one, those of a living run are not', async () => {
    const variables = { ...servers.environment, DB_NAME: 'shop' };
    await serverState('aaaaaaaa').open('1', variables);
    await serverState('bbbbbbbb').open('1', variables);
    await serverState('cccccccc').sweep(variables, (runKey) => runKey === 'bbbbbbbb');
    const names = await databases();
    expect(names).toContain('insights_comparison_bbbbbbbb_1');
    expect(names).not.toContain('insights_comparison_aaaaaaaa_1');
  });

  test('on a server that does not answer are refused with its address and what to do', async () => {
    const variables = { DB_HOST: '127.0.0.1', DB_PORT: String(await closedPort()), DB_NAME: 'shop', DB_USER: 'me' };
    await expect(serverState('55555555').open('1', variables)).rejects.toMatchObject({
      code: 'target',
      message: expect.stringMatching(/^MySQL or MariaDB at 127\.0\.0\.1:\d+ cannot be reached/) as unknown,
      hint: expect.stringContaining('--stack mysql-redis') as unknown,
    });
  });

  function options(runKey: string) {
    return { pythonPath: testPython(), runKey, environment };
  }

  function serverState(runKey: string): ServerState {
    const state = createServerState({ ...options(runKey), reset: { mysql: 'DB_NAME' } });
    if (state === null) throw new Error('There is a kind to make');
    return state;
  }

  async function databases(): Promise<string[]> {
    return (await sql('SHOW DATABASES')).map(([name]) => String(name));
  }

  async function sql(...statements: readonly string[]): Promise<unknown[][]> {
    const { DB_HOST, DB_PORT, DB_USER, DB_PASSWORD } = servers.environment;
    const code = `import json, pymysql, sys
c = pymysql.connect(host=${JSON.stringify(DB_HOST)}, port=${DB_PORT}, user=${JSON.stringify(DB_USER)}, password=${JSON.stringify(DB_PASSWORD)}, autocommit=True).cursor()
for s in json.loads(sys.argv[1]): c.execute(s)
print(json.dumps(c.fetchall()))`;
    return JSON.parse(await python(code, JSON.stringify(statements))) as unknown[][];
  }

  /** One command, in a database, as the protocol answers it. */
  async function redis(database: number, command: string): Promise<string> {
    const port = Number(new URL(servers.environment['CELERY_BROKER_URL'] ?? '').port);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port }, () => socket.end(`select ${database}\r\n${command}\r\n`));
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      socket.on('end', () => resolve(text.trim().split('\r\n').at(-1) ?? ''));
      socket.on('error', reject);
    });
  }
});

async function python(code: string, ...words: readonly string[]): Promise<string> {
  const { execa } = await import('execa');
  return (await execa(testPython(), ['-c', code, ...words])).stdout;
}

/** A port on which nothing listens, at this moment. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** This checkout's own samples and project file, in a folder of their own. */
async function sampleProject(): Promise<TestProject> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'ic-e2e-'));
  const folder = path.join(root, 'project');
  for (const name of ['samples', 'env_configs']) {
    await cp(path.resolve(name), path.join(folder, name), {
      recursive: true,
      filter: (from) => path.basename(from) !== '.venv',
    });
  }
  await writeFile(path.join(folder, 'insights-comparison.jsonc'), await readFile('insights-comparison.jsonc'));
  expect(await readdir(path.join(folder, 'env_configs'))).not.toEqual([]);
  return {
    folder,
    cache: path.join(root, 'cache'),
    remove: async () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function stringsOf(values: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
