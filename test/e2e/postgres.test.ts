import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServerState, type ServerState } from '../../src/core/target/serverState';
import { testPython } from './commandLine';
import { postgresPrograms, startPostgres, type PostgresServer } from './startPostgres';

const environment: Record<string, string> = Object.fromEntries(
  Object.entries({
    ...process.env,
    PYTHONPATH: process.env['INSIGHTS_COMPARISON_TEST_POSTGRES_DRIVER'],
  }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
const note = postgresPrograms ? '' : ' (passed over: the set-up could not install it)';

describe.skipIf(!postgresPrograms)(`PostgreSQL databases of a trial's own${note}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(postgresPrograms ?? '');
    await sql('postgres', 'CREATE DATABASE shop');
    await sql('shop', 'CREATE TABLE goods (id SERIAL PRIMARY KEY, name TEXT)');
    await sql('shop', "INSERT INTO goods (name) VALUES ('one'), ('two')");
    await sql('shop', 'CREATE SCHEMA stock', 'CREATE TABLE stock.places (id INT)');
  }, 120_000);
  afterAll(async () => server.close());

  test('are copies of what the variable names, say what they have gained, and go', async () => {
    const state = stateOf('11111111', 'DB_NAME');
    const variables = variablesOf('shop');
    const { DB_NAME: first = '' } = await state.open('1', variables);
    const { DB_NAME: second = '' } = await state.open('2', variables);
    await sql(first, 'DELETE FROM goods', 'INSERT INTO stock.places VALUES (1), (2)');
    await sql(second, "INSERT INTO goods (name) VALUES ('three')");
    expect(await state.rowsAdded('1')).toEqual({ goods: -2, 'stock.places': 2 });
    expect(await state.rowsAdded('2')).toEqual({ goods: 1, 'stock.places': 0 });
    expect(await sql('shop', 'SELECT count(*) FROM goods')).toEqual([[2]]);
    await state.closeAll();
    expect(await databases()).toEqual(['postgres', 'shop']);
  });

  test('are copies of what "prepare" has filled, and are named within a URL', async () => {
    const state = stateOf('22222222', 'DATABASE_URL');
    const url = `postgresql+psycopg://${server.user}@127.0.0.1:${server.port}/shop?sslmode=disable`;
    await state.openTemplate('base', { DATABASE_URL: url });
    await sql('insights_comparison_22222222_base', 'CREATE TABLE made (id INT)', 'INSERT INTO made VALUES (7)');
    const opened = await state.open('1', { DATABASE_URL: url }, 'base');
    expect(opened['DATABASE_URL']).toBe(url.replace('/shop?', '/insights_comparison_22222222_1?'));
    expect(await sql('insights_comparison_22222222_1', 'SELECT id FROM made')).toEqual([[7]]);
    await state.closeAll();
  });

  test('of a run that was killed are dropped by the next one', async () => {
    await stateOf('aaaaaaaa', 'DB_NAME').open('1', variablesOf('shop'));
    await stateOf('bbbbbbbb', 'DB_NAME').sweep(variablesOf('shop'), () => false);
    expect(await databases()).toEqual(['postgres', 'shop']);
  });

  test('are refused while somebody works in the one that would be copied, who is left alone', async () => {
    const other = spawn(testPython(), ['-c', holding, JSON.stringify(connectionTo('shop'))], { env: environment });
    await once(other.stdout, 'data');
    const opening = stateOf('cccccccc', 'DB_NAME').open('1', variablesOf('shop'));
    await expect(opening).rejects.toMatchObject({
      code: 'target',
      message: expect.stringMatching(
        /^The database shop cannot be copied: .*being accessed by other users/s,
      ) as unknown,
      hint: expect.stringContaining('"prepare"') as unknown,
    });
    other.stdin.end();
    expect((await once(other, 'exit'))[0]).toBe(0);
    expect(await databases()).toEqual(['postgres', 'shop']);
  });

  test('on a server that does not answer are refused with its address', async () => {
    const nowhere = { ...variablesOf('shop'), DB_PORT: '1' };
    await expect(stateOf('dddddddd', 'DB_NAME').open('1', nowhere)).rejects.toThrow(
      /^PostgreSQL at 127\.0\.0\.1:1 cannot be reached/,
    );
  });

  function stateOf(runKey: string, variable: string): ServerState {
    const state = createServerState({ pythonPath: testPython(), runKey, environment, reset: { postgres: variable } });
    if (state === null) throw new Error('There is a kind to make');
    return state;
  }

  function variablesOf(database: string): Record<string, string> {
    return { DB_NAME: database, DB_HOST: '127.0.0.1', DB_PORT: String(server.port), DB_USER: server.user };
  }

  function connectionTo(database: string): object {
    return { host: '127.0.0.1', port: server.port, user: server.user, dbname: database };
  }

  async function databases(): Promise<string[]> {
    const rows = await sql('postgres', 'SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname');
    return rows.map(([name]) => String(name));
  }

  async function sql(database: string, ...statements: readonly string[]): Promise<unknown[][]> {
    const words = ['-c', asking, JSON.stringify(connectionTo(database)), JSON.stringify(statements)];
    const { stdout } = await execa(testPython(), words, { env: environment });
    return JSON.parse(stdout) as unknown[][];
  }
});

const asking = `import json, psycopg, sys
with psycopg.connect(**json.loads(sys.argv[1]), autocommit=True) as connection:
    cursor = connection.cursor()
    for statement in json.loads(sys.argv[2]): cursor.execute(statement)
    print(json.dumps(cursor.fetchall() if cursor.description else []))`;

/** A connection that lives until stdin ends; its exit status tells whether it was left alone. */
const holding = `import json, psycopg, sys
with psycopg.connect(**json.loads(sys.argv[1]), autocommit=True) as connection:
    print("here", flush=True)
    sys.stdin.read()
    connection.execute("SELECT 1")`;
