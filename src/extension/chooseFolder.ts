import * as vscode from 'vscode';
import { UserError } from '../shared/userError';

/** The workspace folder, asking where there are several; undefined when none is chosen. Throws `UserError` where there is none. */
export async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    throw new UserError('usage', 'Open the folder of a Django or Flask app first', {
      hint: 'File: Open Folder, or Try the Sample Project.',
    });
  }
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}
