import os from 'node:os';
import path from 'node:path';

/** Where we keep what outlives a run and is nobody's document: run files, Python's bytecode. Outside of every project. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const home = environment['HOME'] ?? os.homedir();
  switch (process.platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Caches', 'insights-comparison');
    case 'win32':
      return path.join(
        environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'),
        'insights-comparison',
        'Cache',
      );
    default:
      return path.join(environment['XDG_CACHE_HOME'] ?? path.join(home, '.cache'), 'insights-comparison');
  }
}
