import path from 'node:path';
import * as vscode from 'vscode';
import { isInside } from '../../core/isInside';
import { folderBesideResults, resultsFolderOfRun } from '../../core/history/runPlace';
import type { ComparisonRecord } from '../../shared/record';
import { UserError } from '../../shared/userError';
import { findCode } from '../code/findCode';

/** The code that answers an endpoint of a record, beside its page: where it stands now, if it has moved. Throws `UserError` when it is not there. */
export async function openCode(
  record: Pick<ComparisonRecord, 'sources'>,
  endpoint: string,
  recordPath: string,
): Promise<void> {
  const source = record.sources?.find((each) => each.endpoint === endpoint);
  const folder = folderThatWasRun(recordPath);
  const file = source && folder !== null ? path.join(folder, source.file) : null;
  // A record from elsewhere must not open what lies outside of its own folder.
  if (!source || folder === null || file === null || !isInside(file, folder)) throw notThere(endpoint);
  const document = await openText(file);
  if (document === null) throw notThere(`${endpoint} (${source.file})`);
  const line = findCode(document.getText(), source) ?? source.line - 1;
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    selection: new vscode.Range(line, 0, line, 0),
  });
}

function folderThatWasRun(recordPath: string): string | null {
  const beside = folderBesideResults(resultsFolderOfRun(path.dirname(recordPath)));
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(recordPath));
  return beside ?? workspaceFolder?.uri.fsPath ?? null;
}

async function openText(file: string): Promise<vscode.TextDocument | null> {
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  } catch {
    return null;
  }
}

function notThere(what: string): UserError {
  return new UserError('usage', `The code of ${what} is not in this window's folders`, {
    hint: 'Open the folder that the comparison was run in.',
  });
}
