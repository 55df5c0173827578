import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

/** What the editor makes of the project file that is open; lines and characters count from 1. */
export interface SeenInProjectFile {
  readonly problems: readonly { readonly line: number; readonly character: number; readonly message: string }[];
  /** Over the word "command". */
  readonly hover: string;
  /** What may stand on the empty line. */
  readonly completions: readonly string[];
}

const patienceMs = 30_000;
const lookMs = 200;

/** Inside the extension host: opens the folder's project file, as VS Code's own JSON support shows it by our schema. */
export async function run(): Promise<SeenInProjectFile> {
  const [file] = await vscode.workspace.findFiles('insights-comparison.jsonc', null, 1);
  if (file === undefined) throw new Error('There is no project file.');
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  const at = (offset: number): vscode.Position => document.positionAt(offset);
  const hovers = async (): Promise<string> => {
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      file,
      at(document.getText().indexOf('"command"') + 3),
    );
    return found
      .flatMap(({ contents }) => contents)
      .map((each) => (each instanceof vscode.MarkdownString ? each.value : ''))
      .join('\n');
  };
  const completions = async (): Promise<readonly string[]> => {
    const empty = at(document.getText().indexOf('\n  \n') + 3);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      file,
      empty,
    );
    return list.items.map(({ label, filterText }) => filterText ?? (typeof label === 'string' ? label : label.label));
  };
  const problems = (): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(file);
  await until(async () => problems().length >= 2 && (await hovers()) !== '' && (await completions()).length > 0);
  return {
    problems: problems()
      .map(({ range: { start }, message }) => ({ line: start.line + 1, character: start.character + 1, message }))
      .sort((a, b) => a.line - b.line),
    hover: await hovers(),
    completions: await completions(),
  };
}

/** Gives up quietly: the test tells what was found. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + patienceMs;
  while (!(await isTrue()) && Date.now() < deadlineMs) await wait(lookMs);
}
