import { readFileSync } from 'fs';
import { isAtLeast, parseVersion } from './version.mjs';

/**
 * The sentence for a Node that is older than `engines.node` of package.json wants, else undefined.
 * Read by Nodes that are too old as well: no newer syntax here, no `node:` imports.
 * @param {string} current
 */
export function nodeVersionProblem(current) {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const needed = manifest.engines.node.replace('>=', '');
  const neededVersion = parseVersion(needed);
  const currentVersion = parseVersion(current);
  if (neededVersion === undefined || currentVersion === undefined || isAtLeast(currentVersion, neededVersion))
    return undefined;
  return `Node ${needed} or newer is needed; this is Node ${current}. Install a newer Node (https://nodejs.org), then run this again.`;
}
