import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from '../runToEnd';
import type { Asking } from './layPython';

const lockFiles = ['uv.lock', 'poetry.lock', 'Pipfile.lock', 'pdm.lock'];

/** What pip is told to install for some code, the nearest of `folders` first: `requirements.txt`, else what `pyproject.toml` depends on. */
export async function requirementWords(
  folders: readonly string[],
  pythonPath: string,
  ground: Asking,
): Promise<readonly string[]> {
  for (const folder of folders) {
    const file = path.join(folder, 'requirements.txt');
    if (await exists(file)) return ['-r', file];
  }
  for (const folder of folders) {
    const file = path.join(folder, 'pyproject.toml');
    if (await exists(file)) return dependenciesIn(file, pythonPath, ground);
  }
  return [];
}

/** Names of lock files that say something else in one folder than in the other: what they lock is not installed. */
export async function differingLocks(one: readonly string[], other: readonly string[]): Promise<readonly string[]> {
  const pairs = one.flatMap((folder, index) => lockFiles.map((name) => ({ name, folder, to: other[index] ?? '' })));
  const differing = await Promise.all(
    pairs.map(async ({ name, folder, to }) => {
      const [before, after] = await Promise.all([textOf(path.join(folder, name)), textOf(path.join(to, name))]);
      return before === after ? [] : [name];
    }),
  );
  return [...new Set(differing.flat())];
}

const timeoutMs = 20_000;

const dependenciesProgram = `
import json, sys
try:
    import tomllib
except ImportError:
    from pip._vendor import tomli as tomllib
with open(sys.argv[1], "rb") as file:
    json.dump(tomllib.load(file).get("project", {}).get("dependencies", []), sys.stdout)
`;

/** Empty for a file that has none in the standard place (PEP 621), or that cannot be read. */
async function dependenciesIn(file: string, pythonPath: string, ground: Asking): Promise<readonly string[]> {
  const { exitCode, stdout } = await runToEnd([pythonPath, '-c', dependenciesProgram, file], { ...ground, timeoutMs });
  if (exitCode !== 0) return [];
  const found: unknown = JSON.parse(stdout);
  return Array.isArray(found) ? found.map(String) : [];
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
