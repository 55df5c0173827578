import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPython, type PythonSearch } from './findPython';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'ic-python-'));
});
afterEach(async () => rm(root, { recursive: true, force: true }));

async function program(file: string, says: string): Promise<string> {
  const whole = path.join(root, file);
  await mkdir(path.dirname(whole), { recursive: true });
  await writeFile(whole, `#!/bin/sh\necho '${says}'\n`);
  await chmod(whole, 0o755);
  return whole;
}

async function find(change: Partial<PythonSearch> = {}) {
  const environment = { PATH: path.join(root, 'bin') };
  return findPython({ asked: null, folder: path.join(root, 'app'), root, environment, ...change });
}

test('the one that is asked for comes first, and must run', async () => {
  const python = await program('mine/python', '3.12.1');
  await program('.venv/bin/python', '3.11.1');
  expect(await find({ asked: { path: python, origin: 'a setting' } })).toEqual({
    path: python,
    origin: 'a setting',
    version: '3.12.1',
    isGuess: false,
  });
  const asked = { path: path.join(root, 'nowhere'), origin: 'a setting' };
  await expect(find({ asked })).rejects.toThrow('a setting names a Python that does not run');
});

test('then an activated environment, then a .venv or venv beside the app or above it', async () => {
  const active = await program('active/bin/python', '3.10.1');
  const environment = { PATH: '', VIRTUAL_ENV: path.join(root, 'active') };
  expect(await find({ environment })).toMatchObject({ path: active, origin: 'VIRTUAL_ENV' });
  const above = await program('venv/bin/python', '3.11.1');
  expect(await find()).toMatchObject({ path: above, origin: 'venv' });
  const beside = await program('app/.venv/bin/python', '3.12.1');
  expect(await find()).toMatchObject({ path: beside, origin: 'app/.venv' });
});

test.each([
  ['poetry', 'poetry.lock'],
  ['pipenv', 'Pipfile'],
])('then the environment that %s keeps for the project', async (tool, file) => {
  const python = await program('elsewhere/bin/python', '3.12.1');
  await program(`bin/${tool}`, path.join(root, 'elsewhere'));
  await writeFile(path.join(root, file), '');
  expect(await find()).toEqual({ path: python, origin: tool, version: '3.12.1', isGuess: false });
});
