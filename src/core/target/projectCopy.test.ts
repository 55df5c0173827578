import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freshProject, inCopy, snapshotProject } from './projectCopy';

const { signal } = new AbortController();
let root: string;
let project: string;
let work: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'ic-copy-'));
  project = path.join(root, 'project');
  work = path.join(root, 'work');
  await mkdir(path.join(project, 'shop'), { recursive: true });
  await writeFile(path.join(project, 'shop', 'app.py'), 'one');
});
afterEach(async () => rm(root, { recursive: true, force: true }));

test('each trial has the project as it was when the run began', async () => {
  const copy = await snapshotProject(project, work, signal);
  if (copy === null) throw new Error('It is small enough');
  await writeFile(path.join(project, 'shop', 'app.py'), 'changed by the user');
  await freshProject(copy, signal);
  const app = path.join(copy.live, 'shop', 'app.py');
  expect(await readFile(app, 'utf8')).toBe('one');
  await writeFile(app, 'changed by the app');
  await writeFile(path.join(copy.live, 'left behind'), '');
  await freshProject(copy, signal);
  expect(await readFile(app, 'utf8')).toBe('one');
  expect(await readdir(copy.live)).toEqual(['shop']);
  expect(await readFile(path.join(project, 'shop', 'app.py'), 'utf8')).toBe('changed by the user');
});

test('files keep their times, and links stay links', async () => {
  await utimes(path.join(project, 'shop', 'app.py'), 1000, 2000);
  await symlink('shop/app.py', path.join(project, 'link'));
  const copy = await snapshotProject(project, work, signal);
  if (copy === null) throw new Error('It is small enough');
  await freshProject(copy, signal);
  expect((await stat(path.join(copy.live, 'shop', 'app.py'))).mtimeMs).toBe(2_000_000);
  expect(await readlink(path.join(copy.live, 'link'))).toBe('shop/app.py');
});

test('version control, environments and caches stay behind', async () => {
  for (const folder of ['.git', 'node_modules', 'my_env', 'shop/__pycache__', '.venv']) {
    await mkdir(path.join(project, folder), { recursive: true });
    await writeFile(path.join(project, folder, 'file'), '');
  }
  await writeFile(path.join(project, 'my_env', 'pyvenv.cfg'), '');
  await writeFile(path.join(project, '.env'), 'A=1');
  const copy = await snapshotProject(project, work, signal);
  expect(await readdir(copy?.snapshot ?? '')).toEqual(expect.arrayContaining(['.env', 'shop']));
  expect((await readdir(copy?.snapshot ?? '', { recursive: true })).filter((name) => name.endsWith('file'))).toEqual(
    [],
  );
});

test('a large project is not copied', async () => {
  await writeFile(path.join(project, 'large'), '');
  await truncate(path.join(project, 'large'), 501 * 2 ** 20);
  expect(await snapshotProject(project, work, signal)).toBeNull();
  await expect(readdir(work)).rejects.toThrow('ENOENT');
});

test('a path of the project has its place in the copy, any other one keeps its own', () => {
  const copy = { original: '/home/me/shop', snapshot: '/run/snapshot', live: '/run/project' };
  expect(inCopy(copy, '/home/me/shop')).toBe('/run/project');
  expect(inCopy(copy, '/home/me/shop/web')).toBe('/run/project/web');
  expect(inCopy(copy, '/home/me/shop/web', 'snapshot')).toBe('/run/snapshot/web');
  expect(inCopy(copy, '/home/me/shop2')).toBe('/home/me/shop2');
  expect(inCopy(null, '/home/me/shop')).toBe('/home/me/shop');
});
