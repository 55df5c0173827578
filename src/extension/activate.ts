import path from 'node:path';
import type * as vscode from 'vscode';
import { createCodeLenses } from './code/codeLenses';
import { registerCommands } from './commands/commandTable';
import { offerInterruptedRun } from './commands/offerInterruptedRun';
import { putCommandOnPath } from './commandOnPath';
import { createLogs } from './logs';
import { createPanelHost } from './panel/panelHost';
import { registerRecordEditor } from './record/recordEditor';
import { createRunController } from './run/runController';
import type { Services } from './services';
import { createEnvironmentsTree } from './views/environmentsTree';
import { createFinishNotice } from './views/finishNotice';
import { createProjectLibrary } from './views/projectLibrary';
import { createRunLibrary } from './views/runLibrary';
import { createRunsTree } from './views/runsTree';
import { createRunsViewState } from './views/runsViewState';
import { createStatusBar } from './views/statusBar';
import { closeTextPages } from './views/textPages';

/** Composes the extension; VS Code calls it when one of its commands, views or records is first used. */
export function activate(context: vscode.ExtensionContext): void {
  const distFolder = path.join(context.extensionPath, 'dist');
  const logs = createLogs();
  const controller = createRunController({ distFolder, logs, workspaceState: context.workspaceState });
  const library = createRunLibrary({ logs });
  const runsView = createRunsViewState(context.workspaceState);
  const projects = createProjectLibrary({ logs });
  const panels = createPanelHost({ distFolder, controller, library, logs, workspaceState: context.workspaceState });
  const lenses = createCodeLenses({ library, workspaceState: context.workspaceState, logs });
  const services: Services = { context, distFolder, logs, controller, library, runsView, panels, lenses };
  context.subscriptions.push(
    logs,
    controller,
    library,
    runsView,
    panels,
    lenses,
    registerRecordEditor({ distFolder, controller, library, logs }),
    projects,
    createRunsTree({ library, controller, projects, state: runsView }),
    createEnvironmentsTree({ projects }),
    createStatusBar({ controller }),
    createFinishNotice({ controller, panels, logs }),
    registerCommands(services),
    { dispose: closeTextPages },
  );
  void putCommandOnPath(context, distFolder, logs);
  void offerInterruptedRun(services);
}
