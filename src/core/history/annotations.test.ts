import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { annotateRun, readAnnotations } from './annotations';
import { annotationsFileName } from './annotationsFileName';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-history-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

test('what was said of a run stays until it is taken back', async () => {
  expect(await readAnnotations(folder)).toEqual({});
  await annotateRun(folder, 'one', { pinned: true });
  await annotateRun(folder, 'one', { name: ' before the upgrade ' });
  await annotateRun(folder, 'two', { note: 'quiet machine' });
  expect(await readAnnotations(folder)).toEqual({
    one: { pinned: true, name: 'before the upgrade' },
    two: { note: 'quiet machine' },
  });
  await annotateRun(folder, 'one', { pinned: false });
  await annotateRun(folder, 'two', { note: '' });
  expect(await readAnnotations(folder)).toEqual({ one: { name: 'before the upgrade' } });
});

test.each(['{ no json', '{"schemaVersion": 2, "runs": {"one": {"stars": 3}}}'])(
  'a file with %s is read as nothing, and never written over',
  async (text) => {
    const file = path.join(folder, annotationsFileName);
    await writeFile(file, text);
    expect(await readAnnotations(folder)).toEqual({});
    await expect(annotateRun(folder, 'one', { pinned: true })).rejects.toMatchObject({ code: 'usage' });
    expect(await readFile(file, 'utf8')).toBe(text);
  },
);
