import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRunFolder, deleteInRunFolder } from './runFolder';
import { createTestFolder, type TestFolder } from './testProcesses';

const tag = 'test-run-folder';
let folder: TestFolder;

beforeEach(() => {
  folder = createTestFolder();
});
afterEach(() => folder.remove());

describe('deleting', () => {
  test('takes a run folder, and what lies in one', () => {
    const run = createRunFolder(tag, folder.path);
    mkdirSync(join(run, 'a', 'b'), { recursive: true });
    writeFileSync(join(run, 'file'), '');
    expect(deleteInRunFolder(join(run, 'file'), tag)).toBe(true);
    expect(deleteInRunFolder(join(run, 'a', 'b'), tag)).toBe(true);
    expect([existsSync(join(run, 'file')), existsSync(join(run, 'a', 'b')), existsSync(join(run, 'a'))]).toEqual([
      false,
      false,
      true,
    ]);
    expect(deleteInRunFolder(run, tag)).toBe(true);
    expect(existsSync(run)).toBe(false);
  });

  test('refuses what is not in one, is in that of another run, or goes out of one by dots', () => {
    const run = createRunFolder(tag, folder.path);
    expect(deleteInRunFolder(folder.path, tag)).toBe(false);
    expect(deleteInRunFolder(run, 'test-other-run')).toBe(false);
    expect(deleteInRunFolder(`${run}/../`, tag)).toBe(false);
    expect(deleteInRunFolder(join(folder.path, 'none'), tag)).toBe(false);
    expect(existsSync(run)).toBe(true);
  });

  test('never follows a link', () => {
    const run = createRunFolder(tag, folder.path);
    const precious = join(folder.path, 'precious');
    mkdirSync(join(precious, 'inner'), { recursive: true });
    symlinkSync(precious, join(run, 'link'));
    // Through the link it lies elsewhere; the link itself is ours.
    expect(deleteInRunFolder(join(run, 'link', 'inner'), tag)).toBe(false);
    expect(deleteInRunFolder(join(run, 'link'), tag)).toBe(true);
    expect(existsSync(join(precious, 'inner'))).toBe(true);
    symlinkSync(run, join(folder.path, 'alias'));
    expect(deleteInRunFolder(join(folder.path, 'alias'), tag)).toBe(false);
  });
});
