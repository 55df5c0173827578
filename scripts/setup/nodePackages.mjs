import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, hashTexts } from './contentHash.mjs';
import { mustRun } from './runCommand.mjs';
import { isStamped, writeStamp } from './stamp.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockEntry */
/** @typedef {Readonly<Record<string, LockEntry>>} LockPackages */

/**
 * node_modules as package-lock.json wants it.
 * @param {{ root: string, say: (sentence: string) => void }} options
 * @returns {import('./main.mjs').Step}
 */
export function nodePackages({ root, say }) {
  const stamp = join(root, 'node_modules', '.insights-comparison-setup', 'packages');
  const inputs = hashTexts([hashFiles(root, ['package-lock.json']), process.version]);
  return {
    isDone: () => isStamped(stamp, inputs),
    run: async () => {
      // A developer's own `npm install` left the same packages: nothing to do but to note it.
      if (
        !fitsLock(
          readPackages(join(root, 'package-lock.json')),
          readPackages(join(root, 'node_modules', '.package-lock.json')),
        )
      ) {
        say('installing the Node packages (npm ci)');
        await mustRun('Installing the Node packages', 'npm', ['ci', '--loglevel=error'], { cwd: root, writesTo: root });
      }
      writeStamp(stamp, inputs);
    },
  };
}

/**
 * Whether npm's note of what it installed is what the lock wants. Packages for other platforms may be absent.
 * @param {LockPackages | undefined} wanted
 * @param {LockPackages | undefined} installed
 */
export function fitsLock(wanted, installed) {
  if (wanted === undefined || installed === undefined) return false;
  const hasAllWanted = Object.entries(wanted).every(([path, entry]) => {
    const found = installed[path];
    if (path === '') return true;
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
  return hasAllWanted && Object.keys(installed).every((path) => path in wanted);
}

/**
 * @param {string} lockFile
 * @returns {LockPackages | undefined}
 */
function readPackages(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
