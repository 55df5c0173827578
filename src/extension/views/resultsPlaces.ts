import os from 'node:os';
import * as vscode from 'vscode';
import { UserError } from '../../shared/userError';
import { readSettings } from '../settings';
import { resultsFolderOf } from './resultsFolder';

/** The results folder of a workspace folder. */
export interface ResultsPlace {
  readonly workspaceFolder: vscode.WorkspaceFolder;
  readonly path: string;
}

/** Where past runs are looked for. Workspace folders that share a results folder are listed once, under the first. */
export function resultsPlaces(): readonly ResultsPlace[] {
  const places = new Map<string, ResultsPlace>();
  for (const workspaceFolder of vscode.workspace.workspaceFolders ?? []) {
    if (workspaceFolder.uri.scheme !== 'file') continue;
    const path = pathOf(workspaceFolder);
    if (!places.has(path)) places.set(path, { workspaceFolder, path });
  }
  return [...places.values()];
}

function pathOf({ uri }: vscode.WorkspaceFolder): string {
  const context = { workspaceFolder: uri.fsPath, home: os.homedir() };
  try {
    return resultsFolderOf(readSettings(uri), context);
  } catch (error) {
    // A wrong setting is told when something is run; past runs are looked for where they usually are.
    if (error instanceof UserError) return resultsFolderOf({ resultsLocation: '', appPath: '' }, context);
    throw error;
  }
}

/** Calls back when `resultsPlaces` may answer something else. */
export function onDidChangeResultsPlaces(onChange: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(onChange),
    // The settings are read from the workspace only once it is trusted.
    vscode.workspace.onDidGrantWorkspaceTrust(onChange),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const names = ['insightsComparison.resultsLocation', 'insightsComparison.app.path'];
      if (names.some((name) => change.affectsConfiguration(name))) onChange();
    }),
  );
}
