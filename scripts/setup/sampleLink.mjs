import { lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * `samples/.venv` leads to the samples' virtual environment, so that `node dist/cli.js run .` finds their interpreter where
 * it looks for everyone's: beside or above the app. A `.venv` that somebody made there themselves is left alone.
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.interpreter of the virtual environment
 * @returns {import('./main.mjs').Step}
 */
export function sampleLink({ root, interpreter }) {
  const link = join(root, 'samples', '.venv');
  const folder = dirname(dirname(interpreter));
  return {
    isDone: () => linkTarget(link) === folder || isSomebodysOwn(link),
    run: async () => {
      rmSync(link, { force: true });
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(folder, link, 'junction');
    },
  };
}

/** @param {string} link */
function linkTarget(link) {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

/** @param {string} link */
function isSomebodysOwn(link) {
  try {
    return !lstatSync(link).isSymbolicLink();
  } catch {
    return false;
  }
}
