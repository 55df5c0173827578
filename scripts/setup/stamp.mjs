import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A stamp says from which inputs a result was made; it is written last, so a result that was interrupted has none.
 * @param {string} file
 * @param {string} inputs hash of everything that the result depends on
 */
export function isStamped(file, inputs) {
  return readStamp(file) === inputs;
}

/**
 * @param {string} file
 * @returns {string | undefined} undefined where nothing was finished
 */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/**
 * @param {string} file
 * @param {string} inputs
 */
export function writeStamp(file, inputs) {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${inputs}\n`);
  renameSync(unfinished, file);
}
