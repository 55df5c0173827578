import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = path.join(import.meta.dirname, 'parts');
const ending = '.mjs';

/** Every part by its name, in the order of their names. @returns {Promise<Map<string, import('./part.mjs').Part>>} */
export async function loadParts() {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
  const parts = new Map();
  for (const name of names) {
    const { part } = await import(pathToFileURL(path.join(folder, name + ending)).href);
    parts.set(name, part);
  }
  return parts;
}
