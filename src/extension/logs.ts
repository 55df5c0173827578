import * as vscode from 'vscode';

/** The two output channels; never revealed unasked. */
export interface Logs extends vscode.Disposable {
  /** Ours: what was started, how it ended, errors with their stacks. */
  readonly own: vscode.LogOutputChannel;
  /** The app's and its companions' output; secrets were masked by the engine. */
  readonly app: vscode.LogOutputChannel;
}

/** Both channels, empty. */
export function createLogs(): Logs {
  const own = vscode.window.createOutputChannel('Insights comparison', { log: true });
  const app = vscode.window.createOutputChannel('Insights comparison: app', { log: true });
  return {
    own,
    app,
    dispose: () => {
      own.dispose();
      app.dispose();
    },
  };
}
