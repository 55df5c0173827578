import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { userClassesIn } from './userClassesIn';
import { findLocustFile } from './findLocustFile';

/** Users of a Locust file, who may be had in place of a behaviour's. */
export interface LocustUsers {
  /** Absolute, and as one would name it from the first folder that was searched. */
  readonly file: string;
  readonly shownFile: string;
  readonly userClasses: readonly string[];
}

/** Those of the Locust file in the first of the folders that has one; null: there is none that can be read. */
export async function locustUsers(folders: readonly [string, ...string[]]): Promise<LocustUsers | null> {
  const shownFile = await findLocustFile(folders);
  if (shownFile === null) return null;
  const file = path.resolve(folders[0], shownFile);
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : { file, shownFile, userClasses: userClassesIn(text) };
}
