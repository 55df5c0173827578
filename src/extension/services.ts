import type * as vscode from 'vscode';
import type { CodeLenses } from './code/codeLenses';
import type { Logs } from './logs';
import type { PanelHost } from './panel/panelHost';
import type { RunController } from './run/runController';
import type { RunLibrary } from './views/runLibrary';
import type { RunsViewState } from './views/runsViewState';

/** What commands work with: made once, by `activate`. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  /** Where the bundles of the engine and the pages stand. */
  readonly distFolder: string;
  readonly logs: Logs;
  readonly controller: RunController;
  readonly library: RunLibrary;
  readonly runsView: RunsViewState;
  readonly panels: PanelHost;
  readonly lenses: CodeLenses;
}
