import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestFolder, testPython, type TestFolder } from '../target/testProcesses';
import { installInto, layPython, packagesOf } from './layPython';

let folder: TestFolder;
let project: string;
let moved: string;
let users: string;
let usersSite: string;
const signal = new AbortController().signal;
const environment = { PATH: process.env['PATH'] ?? '' };

const run = (python: string, code: string, more: Readonly<Record<string, string>> = {}): string =>
  execFileSync(python, ['-c', code], { encoding: 'utf8', env: { ...environment, ...more }, cwd: folder.path }).trim();

/** A package with one module that says whose it is, as pip would have installed it. */
function installByHand(site: string, name: string, version: string): void {
  mkdirSync(path.join(site, `${name}-${version}.dist-info`), { recursive: true });
  writeFileSync(
    path.join(site, `${name}-${version}.dist-info`, 'METADATA'),
    `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
  );
  writeFileSync(path.join(site, `${name}.py`), `version = "${version}"\n`);
}

beforeEach(() => {
  folder = createTestFolder();
  project = path.join(folder.path, 'project');
  moved = path.join(folder.path, 'moved');
  // Within the project, where most have theirs.
  const environmentFolder = path.join(project, '.venv');
  for (const [place, says] of [
    [project, 'the user’s'],
    [moved, 'the commit’s'],
  ] as const) {
    for (const name of ['plain', 'hooked']) {
      mkdirSync(path.join(place, 'src', name), { recursive: true });
      writeFileSync(path.join(place, 'src', name, '__init__.py'), `whose = "${says}"\n`);
    }
  }
  execFileSync(testPython(), ['-m', 'venv', '--without-pip', environmentFolder]);
  users = path.join(environmentFolder, 'bin', 'python');
  usersSite = run(users, 'import sysconfig; print(sysconfig.get_path("purelib"))');
  installByHand(usersSite, 'apples', '1.0');
});
afterEach(() => folder.remove());

const lay = async (from: string | null): Promise<string> =>
  layPython({
    pythonPath: users,
    folder: path.join(folder.path, 'laid'),
    moved: from === null ? null : { from, to: moved },
    environment,
    signal,
  });

describe('a laid environment', () => {
  test('has all packages of the user, from where they are', async () => {
    const laid = await lay(null);
    expect(realpathSync(run(laid, 'import apples; print(apples.__file__)'))).toBe(
      realpathSync(path.join(usersSite, 'apples.py')),
    );
    expect(run(laid, 'import sys; print(sys.prefix)')).toBe(path.join(folder.path, 'laid'));
    expect(await packagesOf(laid, { environment, signal })).toEqual(await packagesOf(users, { environment, signal }));
  });

  test('puts its own packages before those of the user, which stay as they are', async () => {
    const before = readdirSync(usersSite, { recursive: true }).sort();
    const laid = await lay(null);
    installByHand(run(laid, 'import sysconfig; print(sysconfig.get_path("purelib"))'), 'apples', '2.0');
    expect(run(laid, 'import apples; print(apples.version)')).toBe('2.0');
    expect(await packagesOf(laid, { environment, signal })).toMatchObject({ apples: '2.0' });
    expect(readdirSync(usersSite, { recursive: true }).sort()).toEqual(before);
    expect(await packagesOf(users, { environment, signal })).toMatchObject({ apples: '1.0' });
  });

  test('takes what is installed "editable" from the project out of the moved code, by path and by import hook', async () => {
    writeFileSync(path.join(usersSite, 'plain.pth'), `${path.join(project, 'src')}\n`);
    // As setuptools writes it, in short.
    const hook = '__editable___hooked_1_0_finder';
    writeFileSync(path.join(usersSite, '__editable__.hooked-1.0.pth'), `import ${hook}; ${hook}.install()\n`);
    writeFileSync(
      path.join(usersSite, `${hook}.py`),
      [
        'import sys',
        'from importlib.util import spec_from_file_location',
        `MAPPING = {"hooked": ${JSON.stringify(path.join(project, 'src', 'hooked'))}}`,
        'class Finder:',
        '    @classmethod',
        '    def find_spec(cls, name, path=None, target=None):',
        '        if name in MAPPING:',
        '            return spec_from_file_location(name, MAPPING[name] + "/__init__.py")',
        'def install():',
        '    sys.meta_path.insert(0, Finder)',
        '',
      ].join('\n'),
    );
    const said = 'import plain, hooked, apples; print(plain.whose, hooked.whose, apples.version, sep=", ")';
    expect(run(users, said)).toBe('the user’s, the user’s, 1.0');
    expect(run(await lay(project), said)).toBe('the commit’s, the commit’s, 1.0');
  });

  test('moves what PYTHONPATH names', async () => {
    const laid = await lay(project);
    const said = run(laid, 'import plain; print(plain.whose)', { PYTHONPATH: path.join(project, 'src') });
    expect(said).toBe('the commit’s');
  });

  test('says what pip says when something cannot be installed', async () => {
    const laid = await lay(null);
    const missing = path.join(folder.path, 'nowhere');
    await expect(installInto(laid, [missing], { environment, signal, cwd: folder.path })).rejects.toMatchObject({
      code: 'target',
      message: expect.stringContaining(`could not install ${missing}`) as unknown,
    });
  });
});
