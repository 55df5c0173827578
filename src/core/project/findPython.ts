import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../shared/userError';

export interface PythonChoice {
  readonly path: string;
  /** Where it was found, in words: `.venv`, `INSIGHTS_COMPARISON_PYTHON`, `python3 on PATH`. */
  readonly origin: string;
  readonly version: string;
  /** True when nothing pointed to it: the app may need another one. */
  readonly isGuess: boolean;
}

export interface PythonSearch {
  /** Asked for by name (option, setting or environment variable), with where it was asked. */
  readonly asked: { readonly path: string; readonly origin: string } | null | undefined;
  /** The app's folder; virtual environments are looked for here and upwards to `root`. */
  readonly folder: string;
  readonly root: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The interpreter that the app runs on: the one asked for, an activated virtual environment, a `.venv` or `venv` folder beside or above the app,
 * the environment that Poetry or Pipenv keeps for the project, else `python3`. Throws `UserError` when the asked one does not run, or none is found.
 */
export async function findPython(search: PythonSearch): Promise<PythonChoice> {
  if (search.asked) {
    const version = await versionOf(search.asked.path);
    if (version === null) {
      throw new UserError('target', `${search.asked.origin} names a Python that does not run: ${search.asked.path}`, {
        hint: `Correct ${search.asked.origin}.`,
      });
    }
    return { ...search.asked, version, isGuess: false };
  }
  for (const candidate of candidates(search)) {
    if (!(await isExecutable(candidate.path))) continue;
    const version = await versionOf(candidate.path);
    if (version !== null) return { ...candidate, version, isGuess: false };
  }
  const managed = await managedEnvironment(search);
  if (managed !== null) {
    const version = await versionOf(managed.path);
    if (version !== null) return { ...managed, version, isGuess: false };
  }
  for (const name of ['python3', 'python']) {
    const version = await versionOf(name);
    if (version !== null) return { path: name, origin: `${name} on PATH`, version, isGuess: true };
  }
  throw new UserError('target', 'No Python was found', {
    hint: 'Install Python 3.9 or newer, make a .venv beside the app, or set INSIGHTS_COMPARISON_PYTHON (in the editor: insightsComparison.pythonPath).',
  });
}

function* candidates(search: PythonSearch): Generator<{ path: string; origin: string }> {
  const active = search.environment['VIRTUAL_ENV'];
  if (active) yield { path: interpreterIn(active), origin: 'VIRTUAL_ENV' };
  const root = path.resolve(search.root);
  for (let folder = path.resolve(search.folder); ; folder = path.dirname(folder)) {
    for (const name of ['.venv', 'venv']) {
      yield {
        path: interpreterIn(path.join(folder, name)),
        origin: path.relative(root, path.join(folder, name)) || name,
      };
    }
    if (folder === root || folder === path.dirname(folder)) return;
  }
}

/** Tools that keep a project's environment elsewhere: by which file they are known, and how they are asked. */
const managers = [
  { file: 'poetry.lock', tool: 'poetry', words: ['env', 'info', '--path'] },
  { file: 'Pipfile', tool: 'pipenv', words: ['--venv'] },
] as const;

async function managedEnvironment(search: PythonSearch): Promise<{ path: string; origin: string } | null> {
  for (const folder of new Set([path.resolve(search.folder), path.resolve(search.root)])) {
    for (const { file, tool, words } of managers) {
      if (!existsSync(path.join(folder, file))) continue;
      const result = await execa(tool, words, {
        cwd: folder,
        env: { ...search.environment },
        extendEnv: false,
        reject: false,
        stdin: 'ignore',
        timeout: 20_000,
      });
      const environment = result.exitCode === 0 ? result.stdout.trim().split('\n').at(-1) : undefined;
      if (environment !== undefined && environment !== '') return { path: interpreterIn(environment), origin: tool };
    }
  }
  return null;
}

/** Where a virtual environment has its interpreter. */
export function interpreterIn(environmentFolder: string): string {
  return process.platform === 'win32'
    ? path.join(environmentFolder, 'Scripts', 'python.exe')
    : path.join(environmentFolder, 'bin', 'python');
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function versionOf(python: string): Promise<string | null> {
  const result = await execa(python, ['-c', 'import platform; print(platform.python_version())'], {
    reject: false,
    stdin: 'ignore',
    timeout: 20_000,
  });
  return result.exitCode === 0 ? result.stdout.trim() : null;
}
