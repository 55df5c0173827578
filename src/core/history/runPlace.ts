import path from 'node:path';
import { resultsFolderName } from './runFolder';

/** The results folder that a run's folder lies in: the other way round from `createRunFolder`. */
export function resultsFolderOfRun(runFolder: string): string {
  return path.dirname(path.dirname(runFolder));
}

/** The folder whose app was run, where its results lie beside it; null: they were sent elsewhere. */
export function folderBesideResults(results: string): string | null {
  return path.basename(results) === resultsFolderName ? path.dirname(results) : null;
}
