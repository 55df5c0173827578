import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { applyEdits, modify } from 'jsonc-parser';
import { testPython } from '../../e2e/commandLine';

/** As `quick`, with more blocks: `npm run demo`, in which bands are seen while it is on. */
export const pictureScenario = 'demo';
const demo = { ratePerSecond: 40, durationSeconds: 60, trialSeconds: 10, blocks: 6 };

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
  const projectFile = path.join(folder, 'insights-comparison.jsonc');
  const text = await readFile(projectFile, 'utf8');
  const edits = modify(text, ['scenarios', pictureScenario], demo, { formattingOptions: { insertSpaces: true } });
  await writeFile(projectFile, applyEdits(text, edits));
  await symlink(path.dirname(path.dirname(testPython())), path.join(folder, 'samples', '.venv'));
  return {
    folder,
    cache: path.join(parent, 'cache'),
    remove: async () => rm(parent, { recursive: true, force: true, maxRetries: 5 }),
  };
}
