import { access } from 'node:fs/promises';
import path from 'node:path';

/** Locust's own default. */
const fileName = 'locustfile.py';

/** The user's Locust file in the first of the folders that has one, relative to the first folder; null: there is none. */
export async function findLocustFile(folders: readonly string[]): Promise<string | null> {
  for (const folder of folders) {
    const file = path.join(folder, fileName);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return path.relative(folders[0] ?? folder, file);
  }
  return null;
}
