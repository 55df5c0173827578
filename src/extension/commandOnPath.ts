import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import { launcher } from './launcher';
import type { Logs } from './logs';

/**
 * Makes the bundled command line known to the editor's terminals as `insights-comparison`, run by the editor's own Node. Behind what is on the
 * user's PATH already: a command of that name of their own stays theirs.
 */
export async function putCommandOnPath(
  context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'environmentVariableCollection'>,
  distFolder: string,
  logs: Logs,
): Promise<void> {
  const folder = path.join(context.globalStorageUri.fsPath, 'bin');
  const { name, text } = launcher({
    node: process.execPath,
    script: path.join(distFolder, 'cli.js'),
    platform: process.platform,
  });
  const file = path.join(folder, name);
  try {
    // Of another version of the extension or of the editor it leads nowhere.
    if ((await readFile(file, 'utf8').catch(() => null)) !== text) {
      await mkdir(folder, { recursive: true });
      await writeFile(file, text);
      await chmod(file, 0o755);
    }
    const { environmentVariableCollection: variables } = context;
    variables.description = 'The command `insights-comparison`';
    const added = `${path.delimiter}${folder}`;
    // Anew, it would mark every open terminal as out of date.
    if (variables.get('PATH')?.value !== added) variables.append('PATH', added);
  } catch (error) {
    logs.own.warn(
      `The command is not on the terminals' PATH: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
