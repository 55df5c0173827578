import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../../shared/userError';
import { endRun } from './endRun';
import { keepGuard, type GuardKeeper, type GuardLaunch } from './keepGuard';
import { identify } from './processIdentity';
import type { Guard } from './processes';
import { createRunBook, type RunBook } from './runBook';
import { isInRunFolder } from './runFolder';
import { isRunTag, writeRunFile } from './runState';

export interface GuardOptions extends GuardLaunch {
  readonly tag: string;
  /** Holds a file per run that is on, for `sweepAbandonedRuns`. Created when missing. */
  readonly runFilesFolder: string;
}

/**
 * Starts the guard of a run and resolves when it is watching. `watchFolder` takes only what `createRunFolder` made, or what
 * lies in it, and throws otherwise; it must exist. Rejects with a UserError when the folder of run
 * files cannot be written or the guard does not start.
 */
export async function startGuard(options: GuardOptions): Promise<Guard> {
  const { tag, runFilesFolder } = options;
  if (!isRunTag(tag)) {
    throw new Error(`Not a run tag: ${tag}`);
  }
  const book = createRunBook(tag, join(resolve(runFilesFolder), `${tag}.json`));
  try {
    mkdirSync(runFilesFolder, { recursive: true });
    writeRunFile(book.state());
  } catch (cause) {
    throw new UserError('usage', `The folder ${runFilesFolder} cannot be written.`, {
      hint: 'Make it writable: it holds notes of what must be ended should this program be killed.',
      cause,
    });
  }
  const keeper = await keepGuard(options, book).catch((error: unknown) => {
    rmSync(book.state().runFile, { force: true });
    throw error;
  });
  let closing: Promise<void> | undefined;

  const change = (apply: () => void): void => {
    apply();
    if (closing === undefined) {
      book.save();
      keeper.send();
    }
  };
  return {
    tag,
    watchGroup: (pgid) => {
      const leader = identify(pgid);
      // Gone already: what it left behind is found by the tag.
      if (leader !== null) {
        change(() => book.groups.set(pgid, leader));
      }
    },
    releaseGroup: (pgid) => change(() => book.groups.delete(pgid)),
    watchFolder: (path) => {
      if (!isInRunFolder(resolve(path), tag)) {
        throw new Error(`Not in a folder of this run, so it will not be deleted: ${path}`);
      }
      change(() => book.folders.add(resolve(path)));
    },
    releaseFolder: (path) => change(() => book.folders.delete(resolve(path))),
    watchStop: (command) => change(() => book.stops.add(command)),
    releaseStop: (command) => change(() => book.stops.delete(command)),
    onReplaced: (listener) => {
      keeper.listeners.add(listener);
    },
    close: () => (closing ??= close(keeper, book)),
  };
}

async function close(keeper: GuardKeeper, book: RunBook): Promise<void> {
  await keeper.end();
  // Once more from here: nothing is left to do, unless the guard was killed a moment ago.
  const { leftPids } = await endRun(book.state());
  if (leftPids.length > 0) {
    throw new Error(`Processes of the run ${book.state().tag} could not be ended: ${leftPids.join(', ')}`);
  }
}
