import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { chooseFolder } from '../chooseFolder';
import { requestFromSettings } from '../requestFromSettings';
import { chooseInterpreter } from '../run/chooseInterpreter';
import { projectFileName } from '../../core/project/projectFileName';
import type { Services } from '../services';
import { showError } from '../showError';
import { readSettings } from '../settings';
import { requireTrust } from '../trust';
import { doctorWords, initWords, monitorWords } from './terminalWords';

/** **Check the Project**: every check that a run makes first, with the fix for each, in a terminal. */
export async function doctor(services: Services): Promise<void> {
  if (services.controller.current !== null) throw oneAtATime();
  await inTerminal(services, 'Check the project', doctorWords);
}

/** **Create a Project File**, then open it. */
export async function createProjectFile(services: Services): Promise<void> {
  if (services.controller.current !== null) throw oneAtATime();
  await inTerminal(services, 'Create a project file', initWords, async ({ folder, exitCode }) => {
    if (exitCode === 0) await vscode.window.showTextDocument(vscode.Uri.file(path.join(folder, projectFileName)));
  });
}

/** **Monitor**: what the machine and the app use, live, until the terminal is closed. */
export async function monitor(services: Services): Promise<void> {
  await inTerminal(services, 'Monitor', monitorWords);
}

function oneAtATime(): UserError {
  return new UserError('usage', 'A comparison is on already: starting the app beside it would disturb it', {
    hint: 'Wait for its end, or stop it.',
  });
}

interface EndedTask {
  readonly folder: string;
  readonly exitCode: number | undefined;
}

/**
 * Starts the bundled command line by the editor's own Node, in a terminal that stays open at its end; nothing happens when no folder is
 * chosen. `onEnd` is called when it has ended.
 */
async function inTerminal(
  services: Services,
  name: string,
  wordsOf: (request: RunRequest) => readonly string[],
  onEnd: (ended: EndedTask) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  requireTrust();
  const workspaceFolder = await chooseFolder();
  if (!workspaceFolder) return;
  const { fsPath } = workspaceFolder.uri;
  const request = await requestFromSettings(readSettings(workspaceFolder.uri), {
    workspaceFolder: fsPath,
    home: os.homedir(),
  });
  const python = await chooseInterpreter({
    workspaceFolder: fsPath,
    appFolder: request.folder,
    root: request.folder,
    log: services.logs.own,
  });
  const words = [path.join(services.distFolder, 'cli.js'), ...wordsOf(request)];
  const task = new vscode.Task(
    { type: 'process' },
    workspaceFolder,
    name,
    'Insights comparison',
    new vscode.ProcessExecution(process.execPath, words, {
      cwd: request.folder,
      env: { ELECTRON_RUN_AS_NODE: '1', ...(python === undefined ? {} : { INSIGHTS_COMPARISON_PYTHON: python.path }) },
    }),
    [],
  );
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
  };
  const execution = await vscode.tasks.executeTask(task);
  const subscription = vscode.tasks.onDidEndTaskProcess((event) => {
    if (event.execution !== execution) return;
    subscription.dispose();
    onEnd({ folder: request.folder, exitCode: event.exitCode }).catch((error: unknown) => {
      void showError(error, services.logs);
    });
  });
}
