import { lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';

/** Stands in the topmost folder of a run and holds the run's tag: the proof that what is below is ours to delete. */
const markerName = '.insights-comparison-run';

/**
 * Makes a new folder for temporary things of a run (databases, queues, certificates), below `parent` or the system's
 * temporary folder, marked as ours. Only what lies in such a folder is ever deleted by the guard or a sweep.
 */
export function createRunFolder(tag: string, parent: string = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'insights-comparison-'));
  writeFileSync(join(folder, markerName), tag, { mode: 0o600, flag: 'wx' });
  return realpathSync(folder);
}

/** Whether a path is a run folder of this tag or lies in one, by its real place: links out of it do not count. */
export function isInRunFolder(path: string, tag: string): boolean {
  let place: string;
  try {
    // The path itself may be a link: that is an entry of its folder, and its target is someone else's.
    place = join(realpathSync(dirname(path)), basename(path));
    if (lstatSync(path).isSymbolicLink()) {
      place = dirname(place);
    }
  } catch {
    return false;
  }
  for (let folder = place; ; folder = dirname(folder)) {
    if (hasMarker(folder, tag)) {
      return true;
    }
    if (folder === dirname(folder)) {
      return false;
    }
  }
}

/**
 * Deletes a file or folder with everything below it, if it lies in a run folder of this tag; anything else is refused.
 * Links are deleted, never followed. Returns whether it was there and is gone.
 */
export function deleteInRunFolder(path: string, tag: string): boolean {
  if (path.split(sep).includes('..') || !isInRunFolder(path, tag)) {
    return false;
  }
  // Retries: on Windows a process that has just ended may still hold a file for a moment.
  rmSync(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  return true;
}

function hasMarker(folder: string, tag: string): boolean {
  const marker = join(folder, markerName);
  try {
    const stat = lstatSync(marker);
    const isOwn = process.getuid === undefined || stat.uid === process.getuid();
    return stat.isFile() && isOwn && readFileSync(marker, 'utf8') === tag;
  } catch {
    return false;
  }
}
