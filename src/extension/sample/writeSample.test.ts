import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeSample, sampleDestination, writeSample } from './writeSample';

let folder: string;
let packaged: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ic-sample-'));
  packaged = path.join(folder, 'package');
  await mkdir(path.join(packaged, 'env'), { recursive: true });
  await writeFile(path.join(packaged, 'env', 'env.off'), Buffer.from([0, 255, 13, 10]));
  await writeFile(path.join(packaged, 'run'), '#!/bin/sh\n');
  await writeManifest([
    { template: 'env/env.off', path: 'env/.env.off', mode: '0644' },
    { template: 'run', path: 'bin/deep/run', mode: '0755' },
  ]);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function writeManifest(files: readonly unknown[]): Promise<void> {
  await writeFile(path.join(packaged, 'sample.json'), JSON.stringify({ files }));
}

describe('writing the sample project', () => {
  test('gives every file its real name, bytes and mode, in a folder that was not there', async () => {
    const destination = path.join(folder, 'new', 'project');
    const written = await writeSample(packaged, destination);
    const files = [path.join(destination, 'env', '.env.off'), path.join(destination, 'bin', 'deep', 'run')];
    expect(written).toEqual({
      folder: destination,
      files,
      newFolders: [
        path.dirname(destination),
        destination,
        path.join(destination, 'env'),
        path.join(destination, 'bin'),
        path.join(destination, 'bin', 'deep'),
      ],
    });
    expect(await readFile(files[0]!)).toEqual(Buffer.from([0, 255, 13, 10]));
    expect(await Promise.all(files.map(async (file) => (await stat(file)).mode & 0o777))).toEqual([0o644, 0o755]);
  });

  test('writes into an empty folder, also when a file manager has left its own file there', async () => {
    const destination = path.join(folder, 'empty');
    await mkdir(destination);
    await writeFile(path.join(destination, '.DS_Store'), 'x');
    expect((await writeSample(packaged, destination)).files).toHaveLength(2);
  });

  test('refuses a folder that has a file, and leaves it as it was', async () => {
    const destination = path.join(folder, 'used');
    await mkdir(destination);
    await writeFile(path.join(destination, 'notes.txt'), 'mine');
    await expect(writeSample(packaged, destination)).rejects.toMatchObject({
      name: 'UserError',
      code: 'usage',
      hint: expect.stringContaining('empty folder') as string,
    });
    expect(await readdir(destination)).toEqual(['notes.txt']);
  });

  test('refuses a file in place of a folder', async () => {
    await writeFile(path.join(folder, 'file'), 'mine');
    await expect(writeSample(packaged, path.join(folder, 'file'))).rejects.toMatchObject({ name: 'UserError' });
    await expect(writeSample(packaged, path.join(folder, 'file', 'below'))).rejects.toMatchObject({
      name: 'UserError',
    });
    expect(await readFile(path.join(folder, 'file'), 'utf8')).toBe('mine');
  });

  test.runIf(process.getuid?.() !== 0)('says so when it may not write there', async () => {
    const locked = path.join(folder, 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    await expect(writeSample(packaged, path.join(locked, 'x'))).rejects.toMatchObject({
      name: 'UserError',
      hint: 'Choose a folder that you may write to.',
    });
  });

  test('takes back what it wrote when it fails half-way, new folders too', async () => {
    await rm(path.join(packaged, 'run'));
    const destination = path.join(folder, 'new');
    await expect(writeSample(packaged, destination)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(existsSync(destination)).toBe(false);
  });

  test('does not write over a file that has come meanwhile', async () => {
    const entry = { template: 'run', path: 'same', mode: '0644' };
    await writeManifest([entry, { ...entry, template: 'env/env.off' }]);
    await expect(writeSample(packaged, path.join(folder, 'new'))).rejects.toMatchObject({ name: 'UserError' });
  });

  test.each([
    ['a path out of the folder', { template: 'run', path: '../run', mode: '0644' }],
    ['an absolute path', { template: 'run', path: '/run', mode: '0644' }],
    ['no mode', { template: 'run', path: 'run' }],
  ])('does not follow a package with %s', async (_, entry) => {
    await writeManifest([entry]);
    await expect(writeSample(packaged, path.join(folder, 'new'))).rejects.toThrow('cannot be used');
  });
});

describe('taking the sample project back', () => {
  test('removes all of it, and what was new around it', async () => {
    await removeSample(await writeSample(packaged, path.join(folder, 'new', 'project')));
    expect(existsSync(path.join(folder, 'new'))).toBe(false);
  });

  test('keeps a folder that was there, and whatever somebody has put beside the files', async () => {
    const destination = path.join(folder, 'empty');
    await mkdir(destination);
    const written = await writeSample(packaged, destination);
    await writeFile(path.join(destination, 'env', 'mine.txt'), 'mine');
    await removeSample(written);
    expect(await readdir(destination, { recursive: true })).toEqual(['env', path.join('env', 'mine.txt')]);
  });
});

describe('where the sample project goes', () => {
  test('into the chosen folder when it is empty or new, else into a new folder in it', async () => {
    const [empty, missing] = [path.join(folder, 'empty'), path.join(folder, 'missing')];
    await mkdir(empty);
    expect(await Promise.all([empty, missing, folder].map(sampleDestination))).toEqual([
      empty,
      missing,
      path.join(folder, 'insights-comparison-sample'),
    ]);
  });
});
