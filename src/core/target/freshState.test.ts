import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../shared/userError';
import { freshState, prepareTemplate, type RunCommand } from './freshState';
import { createTestFolder, testPython, type TestFolder } from './testProcesses';

let folder: TestFolder;
let templateFolder: string;
const nothing: RunCommand = () => Promise.resolve();

beforeEach(() => {
  folder = createTestFolder();
  templateFolder = join(folder.path, 'template');
});
afterEach(() => folder.remove());

/** Runs it for real, in the test's folder. */
const run: RunCommand = (command, environment) => {
  const [program = '', ...words] = command;
  execFileSync(program, words, { env: { ...environment }, cwd: folder.path });
  return Promise.resolve();
};
const python = (code: string): string[] => [testPython(), '-c', `import os, sqlite3\n${code}`];
const makeTable = python(`
db = sqlite3.connect(os.environ['DB_NAME'])
db.execute('pragma journal_mode=wal')
db.execute('create table t (n)')
db.execute('insert into t values (42)')
db.commit()
# Ends without closing: what is not checkpointed stays in the -wal file.
os._exit(0)
`);
const readTable = (path: string): string =>
  execFileSync(
    testPython(),
    ['-c', 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("select n from t").fetchall())', path],
    {
      encoding: 'utf8',
    },
  ).trim();

describe('the template', () => {
  test('is made by the commands, once, in the place that the variables name', async () => {
    const seen: unknown[] = [];
    const runCommand: RunCommand = async (command, environment) => {
      seen.push(environment);
      await run(command, environment);
    };
    const reset = { sqlite: 'DB_NAME', folder: 'BROKER_DIR' };
    const { environment } = await prepareTemplate({ reset, templateFolder, commands: [makeTable], runCommand });
    expect(environment).toEqual({
      DB_NAME: join(templateFolder, 'database.sqlite3'),
      BROKER_DIR: join(templateFolder, 'BROKER_DIR'),
    });
    expect(seen).toEqual([environment]);
  });

  test('without a database is an error that names the variable', async () => {
    const options = { reset: { sqlite: 'DB_NAME' }, templateFolder, commands: [python('pass')], runCommand: run };
    await expect(prepareTemplate(options)).rejects.toMatchObject({
      message: '"prepare" left no database in the file that DB_NAME names.',
      hint: expect.stringContaining('from DB_NAME') as unknown,
    });
  });
});

describe('a fresh state', () => {
  test('has a copy of the database, unsaved pages included, that a trial can change alone', async () => {
    const reset = { sqlite: 'DB_NAME' };
    await prepareTemplate({ reset, templateFolder, commands: [makeTable], runCommand: run });
    expect(readdirSync(templateFolder).sort()).toEqual([
      'database.sqlite3',
      'database.sqlite3-shm',
      'database.sqlite3-wal',
    ]);
    const first = await freshState({ reset, templateFolder, stateFolder: join(folder.path, 'one') });
    const second = await freshState({ reset, templateFolder, stateFolder: join(folder.path, 'two') });
    const path = first.environment['DB_NAME'] ?? '';
    expect(path).toBe(join(folder.path, 'one', 'database.sqlite3'));
    execFileSync(testPython(), [
      '-c',
      `import sqlite3; db = sqlite3.connect('${path}'); db.execute('delete from t'); db.commit()`,
    ]);
    expect(readTable(path)).toBe('[]');
    expect(readTable(second.environment['DB_NAME'] ?? '')).toBe('[(42,)]');
  });

  test('has empty folders, whatever the template’s hold', async () => {
    const reset = { folder: ['QUEUE', 'UPLOADS'] };
    await prepareTemplate({ reset, templateFolder, commands: [], runCommand: nothing });
    writeFileSync(join(templateFolder, 'QUEUE', 'task'), '');
    const stateFolder = join(folder.path, 'one');
    const { environment } = await freshState({ reset, templateFolder, stateFolder });
    expect(environment).toEqual({ QUEUE: join(stateFolder, 'QUEUE'), UPLOADS: join(stateFolder, 'UPLOADS') });
    expect(readdirSync(join(stateFolder, 'QUEUE'))).toEqual([]);
  });

  test('without a template database leaves the place to the app', async () => {
    const stateFolder = join(folder.path, 'one');
    const { environment } = await freshState({ reset: { sqlite: 'DB_NAME' }, templateFolder, stateFolder });
    expect(existsSync(environment['DB_NAME'] ?? '')).toBe(false);
    expect(existsSync(stateFolder)).toBe(true);
  });

  test('runs the user’s own command last, with the variables', async () => {
    const stateFolder = join(folder.path, 'one');
    const reset = { folder: 'QUEUE', command: python("open(os.environ['QUEUE'] + '/mark', 'w')") };
    await freshState({ reset, templateFolder, stateFolder, runCommand: run });
    expect(readdirSync(join(stateFolder, 'QUEUE'))).toEqual(['mark']);
  });

  test('overwrites nothing', async () => {
    mkdirSync(templateFolder);
    writeFileSync(join(templateFolder, 'database.sqlite3'), 'new');
    const stateFolder = join(folder.path, 'one');
    mkdirSync(stateFolder);
    writeFileSync(join(stateFolder, 'database.sqlite3'), 'old');
    await expect(freshState({ reset: { sqlite: 'DB_NAME' }, templateFolder, stateFolder })).rejects.toThrow(/EEXIST/);
    expect(readFileSync(join(stateFolder, 'database.sqlite3'), 'utf8')).toBe('old');
  });

  test('refuses a variable that would lead out of the state folder', async () => {
    const options = { reset: { folder: '../out' }, templateFolder, stateFolder: join(folder.path, 'one') };
    await expect(freshState(options)).rejects.toThrow(UserError);
    expect(existsSync(join(folder.path, 'out'))).toBe(false);
  });
});
