import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from './commandLine';

/** Another command for the target of a fixture's project file, after its interpreter. */
export async function useCommand(project: TestProject, words: readonly string[]): Promise<void> {
  await replaceCommand(project, ['{python}', ...words]);
}

/** Another whole command. */
export async function replaceCommand({ folder }: TestProject, words: readonly string[]): Promise<void> {
  const file = path.join(folder, 'insights-comparison.jsonc');
  const text = await readFile(file, 'utf8');
  const changed = text.replace(/"command": \[[^\]]*\]/, `"command": ${JSON.stringify(words)}`);
  if (changed === text) throw new Error(`There is no other command to put into ${file}`);
  await writeFile(file, changed);
}
