import { readdir } from 'node:fs/promises';
import path from 'node:path';

const envFile = /^\.env(\..+)?$|\.env$/;
const template = /\.(example|sample|template|dist|bak|orig)$|~$/;
const skipped = new Set(['node_modules', '__pycache__', 'site-packages', 'venv', 'dist', 'build']);
const mostFiles = 50;

/** Env files in a folder and the folders directly in it, absolute and sorted; templates and hidden folders are passed over. */
export async function findEnvFiles(folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all([...new Set(folders)].map((folder) => filesIn(folder, 1)));
  return [...new Set(found.flat())].sort().slice(0, mostFiles);
}

async function filesIn(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && envFile.test(entry.name) && !template.test(entry.name));
  const below = entries.filter(
    (entry) => depth > 0 && entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name),
  );
  const nested = await Promise.all(below.map((entry) => filesIn(path.join(folder, entry.name), depth - 1)));
  return [...files.map((entry) => path.join(folder, entry.name)), ...nested.flat()];
}
