import { constants, existsSync } from 'node:fs';
import { access, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';

export const resultsFolderName = '.insights-comparison';
export const recordFileName = 'comparison.insights.json';
export const summaryFileName = 'summary.json';
/** Beside the record of a complete comparison; earlier versions wrote none. */
export const headlineFileName = 'headline.json';

/** The folder of one run: plain files that users can read, commit, share, delete. */
export interface RunFolder {
  readonly id: string;
  readonly path: string;
  readonly recordPath: string;
  /** Trial files by position in the order of all trials: `trials/03-with_insights.ndjson`, `.log`. */
  trialFile(position: number, variant: string, kind: 'ndjson' | 'log'): string;
  preflightLog(variant: string): string;
}

/**
 * Makes `<results>/runs/<UTC time>-<target>-<scenario>/`, with a `.gitignore` of its own in the results folder.
 * Throws `UserError('usage')` when it cannot be written.
 */
export async function createRunFolder(options: {
  readonly resultsFolder: string;
  readonly target: string;
  readonly scenario: string;
  readonly now: Date;
}): Promise<RunFolder> {
  const { resultsFolder } = options;
  const stem = `${utcStamp(options.now)}-${safeName(options.target)}-${safeName(options.scenario)}`;
  try {
    await mkdir(path.join(resultsFolder, 'runs'), { recursive: true });
    await writeFile(path.join(resultsFolder, '.gitignore'), '*\n', { flag: 'wx' }).catch(ignoreExisting);
    for (let attempt = 1; ; attempt += 1) {
      const id = attempt === 1 ? stem : `${stem}-${attempt}`;
      const folder = path.join(resultsFolder, 'runs', id);
      if (!(await madeNew(folder))) continue;
      await mkdir(path.join(folder, 'trials'));
      return describe(id, folder);
    }
  } catch (cause) {
    throw unwritable(resultsFolder, cause);
  }
}

/** Whether results could be written there, without writing anything. Throws `UserError('usage')`, as `createRunFolder` would, when not. */
export async function requireResultsFolder(resultsFolder: string): Promise<void> {
  try {
    // Below the nearest folder that there is, the rest can be made.
    let nearest = resultsFolder;
    while (!existsSync(nearest) && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
    if (!(await stat(nearest)).isDirectory()) throw new Error(`${nearest} is a file`);
    await access(nearest, constants.W_OK);
  } catch (cause) {
    throw unwritable(resultsFolder, cause);
  }
}

/** Where the results of a request go: the folder named with `--out`, or a hidden one in the folder that is run. */
export function resultsFolderOf(out: string | undefined, folder: string): string {
  return out === undefined ? path.join(folder, resultsFolderName) : path.resolve(out);
}

function unwritable(resultsFolder: string, cause: unknown): UserError {
  return new UserError('usage', `The results cannot be written to ${resultsFolder}: ${messageOf(cause)}`, {
    hint: 'Make the folder writable, or name another one with --out DIR.',
    cause,
  });
}

function describe(id: string, folder: string): RunFolder {
  return {
    id,
    path: folder,
    recordPath: path.join(folder, recordFileName),
    trialFile: (position, variant, kind) =>
      path.join(folder, 'trials', `${String(position + 1).padStart(2, '0')}-${safeName(variant)}.${kind}`),
    preflightLog: (variant) => path.join(folder, 'trials', `preflight-${safeName(variant)}.log`),
  };
}

async function madeNew(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function ignoreExisting(error: unknown): void {
  if (!hasCode(error, 'EEXIST')) throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function messageOf(error: unknown): string {
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM') || hasCode(error, 'EROFS')) return 'permission denied';
  if (hasCode(error, 'ENOTDIR') || hasCode(error, 'EEXIST')) return 'a file is in the way';
  if (hasCode(error, 'ENOSPC')) return 'the disk is full';
  return error instanceof Error ? error.message : String(error);
}

/** `20261122T204530Z`: sorts by time, and is a file name everywhere. */
function utcStamp(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** A name as part of a file's: it cannot lead out of its folder. */
export function safeName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '_').slice(0, 60);
}
