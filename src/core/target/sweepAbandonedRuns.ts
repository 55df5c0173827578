import { readdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { endRun } from './endRun';
import { isAlive } from './processIdentity';
import { deleteInRunFolder } from './runFolder';
import { readRunFile, thisMachine, type MachineIdentity, type RunState } from './runState';

/** What an earlier run had left behind. */
export interface SweptRun {
  readonly tag: string;
  readonly endedPids: readonly number[];
  readonly deletedFolders: readonly string[];
}

/**
 * Ends what runs have left behind whose engine *and* guard were killed: finds them by their run files, ends every process
 * that carries their tag, deletes their folders and the file. A run whose engine or guard lives is left alone, and so is a
 * run of another machine or container (a shared folder), whose processes cannot be seen from here. After a restart of the
 * machine only folders and file are left to delete. Files that are no run files are not touched.
 */
export async function sweepAbandonedRuns(runFilesFolder: string): Promise<readonly SweptRun[]> {
  const swept: SweptRun[] = [];
  for (const runFile of listRunFiles(resolve(runFilesFolder))) {
    const state = readRunFile(runFile);
    if (state !== null && basename(runFile) === `${state.tag}.json`) {
      const run = await sweep({ ...state, runFile });
      if (run !== null) {
        swept.push(run);
      }
    }
  }
  return swept;
}

async function sweep(state: RunState): Promise<SweptRun | null> {
  const relation = relate(state.machine, thisMachine());
  if (relation === 'elsewhere') {
    return null;
  }
  if (relation === 'restarted') {
    const deletedFolders = state.folders.filter((folder) => deleteInRunFolder(folder, state.tag));
    rmSync(state.runFile, { force: true });
    return { tag: state.tag, endedPids: [], deletedFolders };
  }
  if (isAlive(state.engine) || (state.guard !== null && isAlive(state.guard))) {
    return null;
  }
  const { endedPids, deletedFolders } = await endRun(state);
  return { tag: state.tag, endedPids, deletedFolders };
}

function relate(then: MachineIdentity, now: MachineIdentity): 'here' | 'restarted' | 'elsewhere' {
  if (then.host !== now.host) {
    return 'elsewhere';
  }
  if (then.boot !== now.boot) {
    return 'restarted';
  }
  return then.pidNamespace === now.pidNamespace ? 'here' : 'elsewhere';
}

function listRunFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .map((name) => join(folder, name));
  } catch {
    // No folder: no run has ever been started from here.
    return [];
  }
}
