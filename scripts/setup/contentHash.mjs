import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What programs leave behind while they run, and what never reaches a bundle. */
const passedOver = /^(?:__pycache__|node_modules|\.venv|\.insights-comparison|.*\.(?:pyc|sqlite3|log)|.*\.test\.ts)$/;

/**
 * One hash over texts, in order.
 * @param {readonly string[]} texts
 */
export function hashTexts(texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex');
}

/**
 * One hash over names and contents of files and, recursively, folders below `root`. A missing one counts as missing.
 * @param {string} root
 * @param {readonly string[]} paths
 */
export function hashFiles(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesBelow(root, path))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {readonly string[]}
 */
function filesBelow(root, path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .filter((name) => !passedOver.test(name))
    .sort()
    .flatMap((name) => filesBelow(root, `${path}/${name}`));
}
