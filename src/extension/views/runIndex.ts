import { newestFirst } from '../../core/history/newestFirst';
import type { ListedRun } from '../../core/history/readPastRun';

/** The runs of several results folders as one list, newest first. */
export interface RunIndex<Run extends ListedRun> {
  readonly sorted: readonly Run[];
  /** All runs of a results folder, in place of those known before. */
  replace(resultsFolder: string, runs: readonly Run[]): void;
  put(resultsFolder: string, run: Run): void;
  remove(resultsFolder: string, runFolder: string): void;
  /** Forgets the other results folders. */
  keepOnly(resultsFolders: readonly string[]): void;
}

/** An empty index. The list is sorted when it is read, once per change. */
export function createRunIndex<Run extends ListedRun>(): RunIndex<Run> {
  const byResults = new Map<string, Map<string, Run>>();
  let sorted: readonly Run[] | null = [];
  return {
    get sorted() {
      sorted ??= [...byResults.values()].flatMap((runs) => [...runs.values()]).sort(newestFirst);
      return sorted;
    },
    replace: (resultsFolder, runs) => {
      byResults.set(resultsFolder, new Map(runs.map((run) => [run.folder, run])));
      sorted = null;
    },
    put: (resultsFolder, run) => {
      const runs = byResults.get(resultsFolder) ?? new Map<string, Run>();
      byResults.set(resultsFolder, runs.set(run.folder, run));
      sorted = null;
    },
    remove: (resultsFolder, runFolder) => {
      if (byResults.get(resultsFolder)?.delete(runFolder) === true) sorted = null;
    },
    keepOnly: (resultsFolders) => {
      for (const known of [...byResults.keys()]) if (!resultsFolders.includes(known)) byResults.delete(known);
      sorted = null;
    },
  };
}
