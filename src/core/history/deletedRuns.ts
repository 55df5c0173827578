import { mkdir, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { resultsFolderOfRun } from './runPlace';

/** Where deleted runs wait, beside `runs`, until nobody can want them back. */
const folderName = 'deleted';

/**
 * Takes a run out of the list, so that it can be put back: a rename within the results folder. Returns where it lies now. Throws
 * `UserError('usage')` when it cannot be moved.
 */
export async function setRunAside(runFolder: string): Promise<string> {
  const aside = path.join(resultsFolderOfRun(runFolder), folderName, path.basename(runFolder));
  try {
    await mkdir(path.dirname(aside), { recursive: true });
    await rename(runFolder, aside);
    return aside;
  } catch (cause) {
    throw new UserError('usage', `The run cannot be deleted: ${runFolder}`, {
      hint: 'Check that the folder may be written, and that no other program has its files open.',
      cause,
    });
  }
}

/** Puts a run that was set aside back into the list; returns its folder. Throws `UserError('usage')` when it is no longer there. */
export async function putRunBack(aside: string): Promise<string> {
  const runFolder = path.join(path.dirname(path.dirname(aside)), 'runs', path.basename(aside));
  try {
    await rename(aside, runFolder);
    return runFolder;
  } catch (cause) {
    throw new UserError('usage', `The run cannot be put back: ${path.basename(aside)}`, {
      hint: 'Another window has moved it to the trash meanwhile: restore it from there.',
      cause,
    });
  }
}

/** The folders of runs that were set aside and are still there. */
export async function runsSetAside(resultsFolder: string): Promise<string[]> {
  const folder = path.join(resultsFolder, folderName);
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => path.join(folder, name));
}
