import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { testPython } from '../../e2e/commandLine';

/** The sample project in a folder of its own, as *Try the Sample Project* leaves it, and a cache of its own. */
export interface PictureProject {
  readonly folder: string;
  readonly cache: string;
  remove(): Promise<void>;
}

export async function pictureProject(root: string): Promise<PictureProject> {
  const parent = await mkdtemp(path.join(os.tmpdir(), 'ic-pictures-'));
  const folder = path.join(parent, 'insights-sample');
  const leftover = /(?:^|\/)(?:\.venv|__pycache__|\.broker|[^/]*\.sqlite3)$/;
  for (const source of ['insights-comparison.jsonc', 'env_configs', 'samples'])
    await cp(path.join(root, source), path.join(folder, source), {
      recursive: true,
      filter: (file) => !leftover.test(file),
    });
  await symlink(path.dirname(path.dirname(testPython())), path.join(folder, 'samples', '.venv'));
  return {
    folder,
    cache: path.join(parent, 'cache'),
    remove: async () => rm(parent, { recursive: true, force: true, maxRetries: 5 }),
  };
}
