import * as vscode from 'vscode';
import { settingsValues, type Settings } from './settingsValues';

/**
 * The settings as they hold for a folder or file; without one, for the window. Reading one that is wrong throws `UserError` with its
 * name: each is checked when it is read, so that a wrong one is in nobody else's way.
 */
export function readSettings(resource?: vscode.Uri): Settings {
  const configuration = vscode.workspace.getConfiguration('insightsComparison', resource ?? null);
  return settingsValues((name) => configuration.get(name));
}
