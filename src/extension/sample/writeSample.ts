import { chmod, mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { readSampleManifest } from './sampleManifest';

export interface WrittenSample {
  /** Absolute. */
  readonly folder: string;
  /** Absolute paths of all files, in the package's order. */
  readonly files: readonly string[];
  /** Folders that were not there before, outer ones first; the destination itself may be the first. */
  readonly newFolders: readonly string[];
}

/** The name of the folder that is made where the chosen one has files already. */
export const sampleFolderName = 'insights-comparison-sample';

/** What file managers leave in folders that people call empty. */
const isNothing = (name: string): boolean => name === '.DS_Store' || name === 'desktop.ini';

/** Where the sample project goes when this folder was chosen: into it when it is empty or not there, else into a new one below it. */
export async function sampleDestination(chosen: string): Promise<string> {
  return (await isFree(chosen)) ? chosen : path.join(chosen, sampleFolderName);
}

/**
 * Writes the sample project, with its files' real names and modes, into a folder that is new or empty; nothing is ever overwritten.
 * Throws `UserError('usage')` when the folder has files or cannot be written; what was written by then is removed again.
 */
export async function writeSample(sampleFolder: string, destination: string): Promise<WrittenSample> {
  const folder = path.resolve(destination);
  const sources = await readSampleManifest(sampleFolder);
  if (!(await isFree(folder))) {
    throw new UserError('usage', `The sample project is only written into an empty folder, and ${folder} has files`, {
      hint: 'Choose an empty folder or one that does not exist yet; if the sample is there already, open that folder.',
    });
  }
  const files: string[] = [];
  const newFolders: string[] = [];
  try {
    for (const source of sources) {
      const file = path.join(folder, ...source.path.split('/'));
      const content = await readFile(path.join(sampleFolder, ...source.template.split('/')));
      newFolders.push(...(await makeFolder(path.dirname(file))));
      // Whatever has come there since the folder was looked at stays.
      await writeFile(file, content, { flag: 'wx' });
      files.push(file);
      // Not by writeFile: the umask would have a say.
      await chmod(file, source.mode);
    }
  } catch (cause) {
    await removeSample({ folder, files, newFolders });
    throw problemOf(cause, folder);
  }
  return { folder, files, newFolders };
}

/** Takes back what `writeSample` wrote, for who stopped half-way: its files, and its folders unless something else is in them. */
export async function removeSample({ files, newFolders }: WrittenSample): Promise<void> {
  for (const file of files) await rm(file, { force: true });
  for (const folder of newFolders.toReversed()) await rmdir(folder).catch(() => undefined);
}

/** Makes the folder and those above it that are missing; returns the new ones, outer ones first. */
async function makeFolder(folder: string): Promise<readonly string[]> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return [];
  const made = [folder];
  for (let at = folder; at !== first && at !== path.dirname(at); at = path.dirname(at)) made.unshift(path.dirname(at));
  return made;
}

/** True when the folder is empty, or not there. */
async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).every(isNothing);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return true;
    throw problemOf(cause, folder);
  }
}

function problemOf(cause: unknown, folder: string): unknown {
  const problem = (what: string, hint: string): UserError => new UserError('usage', what, { hint, cause });
  switch (codeOf(cause)) {
    case 'ENOTDIR':
    case 'EEXIST':
      return problem(
        `The sample project cannot be written to ${folder}: a file is in the way`,
        'Choose an empty folder.',
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return problem(`The sample project may not be written to ${folder}`, 'Choose a folder that you may write to.');
    case 'ENOSPC':
    case 'EDQUOT':
      return problem(`The disk is full: ${folder}`, 'Free some space, or choose a folder on another disk.');
    default:
      return cause;
  }
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}
