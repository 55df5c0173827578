import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSamplePackage } from '../../scripts/samplePackage.mjs';
import { writeSample } from '../../src/extension/sample/writeSample';

const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));
let folder: string;
let packaged: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ic-sample-package-'));
  packaged = path.join(folder, 'sample');
  await writeSamplePackage({ root, outputFolder: packaged });
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What git has, or would take. */
function checkedIn(): readonly string[] {
  const sources = ['insights-comparison.jsonc', 'env_configs', 'samples'];
  return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...sources], {
    cwd: root,
  })
    .toString()
    .split('\0')
    .filter((file) => file !== '')
    .sort();
}

async function filesBelow(below: string): Promise<readonly string[]> {
  const entries = await readdir(below, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(below, path.join(entry.parentPath, entry.name)))
    .sort();
}

describe('the sample project', () => {
  test("comes out of the package as it is in the checkout: git's files, byte for byte, with their modes", async () => {
    const destination = path.join(folder, 'written');
    await writeSample(packaged, destination);
    const files = checkedIn();
    expect(files).toContain('env_configs/.env.flask.with_insights');
    expect(await filesBelow(destination)).toEqual(files);
    for (const file of files) {
      const [original, written] = [path.join(root, file), path.join(destination, file)];
      expect((await readFile(written)).equals(await readFile(original)), file).toBe(true);
      const isExecutable = ((await stat(original)).mode & 0o100) !== 0;
      expect((await stat(written)).mode & 0o777, file).toBe(isExecutable ? 0o755 : 0o644);
    }
  });

  test('has no name in the package that a packager drops or refuses', async () => {
    const names = (await filesBelow(packaged)).flatMap((file) => file.split(path.sep));
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['env.flask.with_insights', 'gitignore', 'sample.json']));
  });

  test('brings modes along, and nothing that people and apps leave behind', async () => {
    const checkout = path.join(folder, 'checkout');
    await mkdir(path.join(checkout, 'samples', 'flask', '__pycache__'), { recursive: true });
    await mkdir(path.join(checkout, 'env_configs'));
    await writeFile(path.join(checkout, 'insights-comparison.jsonc'), '{}');
    await writeFile(path.join(checkout, 'env_configs', '.env.x'), '');
    await writeFile(path.join(checkout, 'samples', 'run.sh'), '', { mode: 0o777 });
    await writeFile(path.join(checkout, 'samples', 'flask', '__pycache__', 'a.pyc'), '');
    await writeFile(path.join(checkout, 'samples', 'flask', 'sample.sqlite3'), '');
    await symlink(folder, path.join(checkout, 'samples', '.venv'));
    await symlink(folder, path.join(checkout, 'samples', 'elsewhere'));
    const outputFolder = path.join(folder, 'again');
    await mkdir(path.join(outputFolder, 'old', 'older'), { recursive: true });
    await writeFile(path.join(outputFolder, 'old', 'older', 'stale'), '');
    expect(await writeSamplePackage({ root: checkout, outputFolder })).toEqual([
      { template: 'env_configs/env.x', path: 'env_configs/.env.x', mode: '0644' },
      { template: 'insights-comparison.jsonc', path: 'insights-comparison.jsonc', mode: '0644' },
      { template: 'samples/run.sh', path: 'samples/run.sh', mode: '0755' },
    ]);
    expect(await readdir(outputFolder)).toEqual(['env_configs', 'insights-comparison.jsonc', 'sample.json', 'samples']);
  });

  test('is not packed when two of its files would get one name', async () => {
    const checkout = path.join(folder, 'clash');
    await mkdir(path.join(checkout, 'samples'), { recursive: true });
    await mkdir(path.join(checkout, 'env_configs'));
    await writeFile(path.join(checkout, 'insights-comparison.jsonc'), '{}');
    await writeFile(path.join(checkout, 'samples', '.x'), '');
    await writeFile(path.join(checkout, 'samples', 'x'), '');
    await expect(writeSamplePackage({ root: checkout, outputFolder: path.join(folder, 'c') })).rejects.toThrow(
      'same name',
    );
  });
});
