// Read by Nodes that are too old as well: no newer syntax here.

/** @typedef {readonly [number, number, number]} Version */

/**
 * The first dotted version in a text: `Python 3.11.7` → [3, 11, 7]; a missing third part is 0.
 * @param {string} text
 * @returns {Version | undefined}
 */
export function parseVersion(text) {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] || 0)];
}

/**
 * @param {Version} version
 * @param {Version} minimum
 */
export function isAtLeast(version, minimum) {
  for (let part = 0; part < 3; part += 1) {
    const left = version[part] || 0;
    const right = minimum[part] || 0;
    if (left !== right) return left > right;
  }
  return true;
}
