import { spawn } from 'node:child_process';
import { readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { testPython, type TestProject } from './commandLine';

/** Nothing names the interpreter: the one in the project has to be found. */
export const nothingNamed = { INSIGHTS_COMPARISON_PYTHON: '', VIRTUAL_ENV: '' };

/**
 * A virtual environment in a project, with the packages of the tests but for those that `left` fits, and those of another interpreter's
 * environment, `beside`, that the tests' does not have.
 */
export async function makeEnvironment(project: TestProject, left: RegExp, beside?: string): Promise<void> {
  const folder = path.join(project.folder, '.venv');
  const made = spawn(testPython(), ['-m', 'venv', '--without-pip', folder], { stdio: 'ignore' });
  const code = await new Promise((resolve) => made.once('close', resolve));
  if (code !== 0) throw new Error(`The virtual environment could not be made: exit code ${String(code)}`);
  const taken = new Set<string>();
  for (const python of [testPython(), ...(beside === undefined ? [] : [beside])]) {
    const from = await sitePackagesOf(python);
    const release = path.basename(path.dirname(from));
    for (const name of await readdir(from)) {
      if (left.test(name) || taken.has(name)) continue;
      taken.add(name);
      await symlink(path.join(from, name), path.join(folder, 'lib', release, 'site-packages', name));
    }
  }
}

/** Where the packages of an interpreter's virtual environment are. */
export async function sitePackagesOf(python: string): Promise<string> {
  const lib = path.join(path.dirname(path.dirname(python)), 'lib');
  const release = (await readdir(lib)).find((name) => name.startsWith('python'));
  if (release === undefined) throw new Error(`There is no python3.* in ${lib}`);
  return path.join(lib, release, 'site-packages');
}
