import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitIn } from '../../../test/fixtures/gitIn';
import { resolveRevision } from '../project/repository';
import { createTestFolder, type TestFolder } from '../target/testProcesses';
import { checkOutCommit, checkOutWorkTree } from './checkOut';

let folder: TestFolder;
let repository: string;
let out: string;
const signal = new AbortController().signal;

const git = (...words: string[]): string => gitIn(repository)(...words);
function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(repository, name)), { recursive: true });
  writeFileSync(path.join(repository, name), text);
}
/** Every file below a folder with its text. */
function filesIn(of: string): Record<string, string> {
  const files = readdirSync(of, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files
      .filter((file) => lstatSync(path.join(of, file)).isFile())
      .map((file) => [file, readFileSync(path.join(of, file), 'latin1')]),
  );
}
/** All of the repository, its own files too. */
function fingerprint(): string {
  return createHash('sha256')
    .update(JSON.stringify(filesIn(repository)))
    .digest('hex');
}

beforeEach(() => {
  folder = createTestFolder();
  repository = path.join(folder.path, 'repository');
  out = path.join(folder.path, 'out');
  mkdirSync(repository);
  git('init', '--quiet', '--initial-branch', 'main');
  write('app.py', 'one');
  write('deep/kept.py', 'kept');
  write('gone.py', 'gone');
  write('run.sh', '#!/bin/sh');
  execFileSync('chmod', ['+x', path.join(repository, 'run.sh')]);
  write('.gitignore', '*.log\n');
  symlinkSync('app.py', path.join(repository, 'link.py'));
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  write('app.py', 'two');
  git('commit', '--quiet', '-am', 'two');
});
afterEach(() => folder.remove());

describe('checking out', () => {
  test('a commit writes its files, and changes nothing of the repository', async () => {
    write('app.py', 'three');
    const before = fingerprint();
    await checkOutCommit(await resolveRevision(repository, 'HEAD~1'), out, signal);
    expect(filesIn(out)).toEqual({
      '.gitignore': '*.log\n',
      'app.py': 'one',
      'deep/kept.py': 'kept',
      'gone.py': 'gone',
      'run.sh': '#!/bin/sh',
    });
    expect(lstatSync(path.join(out, 'link.py')).isSymbolicLink()).toBe(true);
    expect(statSync(path.join(out, 'run.sh')).mode & 0o111).not.toBe(0);
    expect(fingerprint()).toBe(before);
    expect(readdirSync(folder.path).sort()).toEqual(['out', 'repository']);
  });

  test('the work tree adds what has changed, staged or not, and leaves out what git ignores', async () => {
    write('app.py', 'three');
    write('new.py', 'new');
    write('staged/also.py', 'staged');
    git('add', 'staged');
    write('noise.log', 'ignored');
    write('myenv/pyvenv.cfg', '');
    write('myenv/lib/thing.py', 'a package');
    write('deep/node_modules/thing.js', '');
    rmSync(path.join(repository, 'gone.py'));
    const before = fingerprint();
    await checkOutWorkTree(await resolveRevision(repository, 'HEAD'), out, signal);
    expect(filesIn(out)).toEqual({
      '.gitignore': '*.log\n',
      'app.py': 'three',
      'deep/kept.py': 'kept',
      'new.py': 'new',
      'run.sh': '#!/bin/sh',
      'staged/also.py': 'staged',
    });
    expect(fingerprint()).toBe(before);
  });

  test('what cannot be written is said', async () => {
    const lost = { repository, name: 'lost', commit: '0123456789012345678901234567890123456789' };
    await expect(checkOutCommit(lost, out, signal)).rejects.toMatchObject({
      code: 'target',
      message: 'The files of lost (0123456789) could not be written',
    });
  });
});
