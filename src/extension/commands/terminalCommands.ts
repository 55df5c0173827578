import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { requestFromSettings } from '../requestFromSettings';
import { chooseInterpreter } from '../run/chooseInterpreter';
import { engineEnvironment } from '../run/engineEnvironment';
import type { Services } from '../services';
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
  const ended = await inTerminal(services, 'Create a project file', initWords);
  if (ended === null || ended.exitCode !== 0) return;
  const file = vscode.Uri.file(path.join(ended.folder, 'insights-comparison.jsonc'));
  await vscode.window.showTextDocument(file);
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
 * The bundled command line by the editor's own Node, in a terminal that stays open at its end. Null: no folder was chosen. Resolves when
 * it has ended.
 */
async function inTerminal(
  services: Services,
  name: string,
  wordsOf: (request: RunRequest) => readonly string[],
): Promise<EndedTask | null> {
  requireTrust();
  const workspaceFolder = await chooseFolder();
  if (!workspaceFolder) return null;
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
  const environment = engineEnvironment(process.env);
  const given = { ELECTRON_RUN_AS_NODE: environment['ELECTRON_RUN_AS_NODE'] ?? '1' };
  const task = new vscode.Task(
    { type: 'process' },
    workspaceFolder,
    name,
    'Insights comparison',
    new vscode.ProcessExecution(process.execPath, words, {
      cwd: request.folder,
      env: { ...given, ...(python === undefined ? {} : { INSIGHTS_COMPARISON_PYTHON: python.path }) },
    }),
    [],
  );
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
  };
  return runTask(task, request.folder);
}

async function runTask(task: vscode.Task, folder: string): Promise<EndedTask> {
  const execution = await vscode.tasks.executeTask(task);
  return new Promise((resolve) => {
    const subscription = vscode.tasks.onDidEndTaskProcess((event) => {
      if (event.execution !== execution) return;
      subscription.dispose();
      resolve({ folder, exitCode: event.exitCode });
    });
  });
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    throw new UserError('usage', 'Open the folder of a Django or Flask app first', {
      hint: 'File: Open Folder, or Try the Sample Project.',
    });
  }
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick();
}
