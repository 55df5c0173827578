import { constants } from 'node:fs';
import { access, copyFile, lstat, mkdir, readdir, readlink, realpath, rm, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { isInside } from '../isInside';

/** A project's folder as it was when the run began, and where each trial's own copy of it lies. */
export interface ProjectCopy {
  /** The user's own. Nothing runs in it. */
  readonly original: string;
  /** Made once: what the user changes during a run does not change the run. */
  readonly snapshot: string;
  /**
   * Always the same place, so that a trial's paths are as long and its bytecode as fresh as every other one's. That of the snapshot: trials
   * run in it, one after the other.
   */
  readonly live: string;
}

/** Beyond this a copy per trial would take longer than the trial. */
const mostFiles = 20_000;
const mostBytes = 500 * 2 ** 20;

const skipped = new Set([
  ...['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', 'venv', '.insights-comparison'],
  ...['.mypy_cache', '.pytest_cache', '.ruff_cache', '.tox', '.nox', '.cache', '.idea', '.vscode'],
]);

/**
 * Copies a project into `folder`, without version control, virtual environments and caches. Null, and nothing is copied, for one that is
 * too large to be copied for each trial: over 20,000 files or 500 MB.
 */
export async function snapshotProject(
  original: string,
  folder: string,
  signal: AbortSignal,
): Promise<ProjectCopy | null> {
  if (await isTooLarge(original, signal)) return null;
  const copy = { original, snapshot: path.join(folder, 'snapshot'), live: path.join(folder, 'project') };
  await copyTree(original, copy.snapshot, signal);
  return copy;
}

/** Whether a file or folder of this name is one that is made anew wherever it is missing: nothing of it is copied. */
export function isNeverCopied(name: string): boolean {
  return skipped.has(name);
}

/** Puts a fresh copy where the last trial's was. */
export async function freshProject({ snapshot, live }: ProjectCopy, signal: AbortSignal): Promise<void> {
  if (live === snapshot) return;
  await rm(live, { recursive: true, force: true });
  await copyTree(snapshot, live, signal);
}

/** Where a path of the user's project lies in the trial's copy, or in the snapshot; one outside of it stays. */
export function inCopy(copy: ProjectCopy | null, original: string, where: 'live' | 'snapshot' = 'live'): string {
  return copy === null ? original : moved(original, copy.original, copy[where]);
}

/** The other way round: where a file of a trial's copy lies in the user's project. `file` has its links resolved. */
export async function outOfCopy(copy: ProjectCopy | null, file: string): Promise<string> {
  if (copy === null) return file;
  return moved(file, await realpath(copy.live).catch(() => copy.live), copy.original);
}

/** Where a path below one folder lies below another; one outside of it stays. */
function moved(file: string, from: string, to: string): string {
  const relative = path.relative(from, file);
  return relative === '' || isInside(file, from) ? path.join(to, relative) : file;
}

/** Over 20,000 files or 500 MB. */
export async function isTooLarge(folder: string, signal: AbortSignal): Promise<boolean> {
  let files = 0;
  let bytes = 0;
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    signal.throwIfAborted();
    for (const { name, isFolder } of await entriesOf(at)) {
      if (isFolder) {
        open.push(path.join(at, name));
        continue;
      }
      files += 1;
      bytes += (await lstat(path.join(at, name)).catch(() => null))?.size ?? 0;
      if (files > mostFiles || bytes > mostBytes) return true;
    }
  }
  return false;
}

async function copyTree(from: string, to: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await mkdir(to, { recursive: true });
  const entries = await entriesOf(from);
  for (const { name, isFolder } of entries) {
    const source = path.join(from, name);
    const target = path.join(to, name);
    await (isFolder ? copyTree(source, target, signal) : copyOne(source, target));
  }
}

/** What of a folder is copied; nothing of a virtual environment, whatever it is called. */
async function entriesOf(folder: string): Promise<{ name: string; isFolder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some(({ name }) => name === 'pyvenv.cfg')) return [];
  return entries
    .filter((entry) => !skipped.has(entry.name) && (entry.isDirectory() || entry.isFile() || entry.isSymbolicLink()))
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
}

/** With its times, by which Python knows its bytecode for fresh; as a clone where the file system can. A link stays one. */
async function copyOne(from: string, to: string): Promise<void> {
  const found = await lstat(from);
  if (found.isSymbolicLink()) {
    await symlink(await readlink(from), to);
    return;
  }
  const isReadable = await access(from, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!isReadable) return;
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await utimes(to, found.atime, found.mtime);
}
