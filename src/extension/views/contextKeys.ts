import * as vscode from 'vscode';

/** What `when` clauses of package.json ask for. */
export type ContextKey = 'hasApp' | 'hasRuns' | 'isRunning' | 'isFiltered' | 'hasSelectedRun';

/** Sets `insightsComparison.<name>`. */
export function setContextKey(name: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `insightsComparison.${name}`, value);
}
