import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Reset } from '../../shared/projectFile';

/** A message of Celery's filesystem broker (kombu): `<anything>.<queue>.msg`. */
const message = /\.([^.]+)\.msg$/;

/** How many messages wait in each queue of the brokers whose folders a trial has for itself; null: it has no folder. */
export async function folderBacklog(
  { folder }: Pick<Reset, 'folder'>,
  stateFolder: string,
): Promise<Readonly<Record<string, number>> | null> {
  if (folder === undefined) return null;
  const counts: Record<string, number> = {};
  for (const name of [folder].flat()) {
    const entries = await readdir(path.join(stateFolder, name), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries) {
      const queue = path.basename(entry.parentPath) === 'processed' ? undefined : message.exec(entry.name)?.[1];
      if (queue !== undefined) counts[queue] = (counts[queue] ?? 0) + 1;
    }
  }
  return counts;
}
