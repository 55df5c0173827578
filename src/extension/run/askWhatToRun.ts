import os from 'node:os';
import * as vscode from 'vscode';
import { requestFromSettings } from '../requestFromSettings';
import { readSettings } from '../settings';
import { chooseInterpreter } from './chooseInterpreter';
import { engineEnvironment } from './engineEnvironment';
import { findApps, type SearchedFolder } from './findApps';
import { createMultiStepPick } from './multiStepPick';
import { runFlow } from './runFlow';
import type { RunFlowAnswer, RunFlowOptions } from './runSession';

export interface AskOptions {
  readonly folders: readonly vscode.WorkspaceFolder[];
  readonly purpose: RunFlowOptions['purpose'];
  readonly preset?: RunFlowOptions['preset'];
  /** Remembers the answers. */
  readonly workspaceState: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

const choicesKey = 'insightsComparison.choices';

/** Asks by quick picks what to run: `runFlow` with this window's folders, settings, editor and memory. */
export async function askWhatToRun(options: AskOptions): Promise<RunFlowAnswer> {
  const picker = createMultiStepPick();
  const { workspaceState, log } = options;
  const editor = vscode.window.activeTextEditor?.document.uri;
  try {
    return await runFlow(
      {
        picker,
        findApps: () => findApps(searchedFolders(options)),
        choosePython: (app) =>
          chooseInterpreter({
            workspaceFolder: app.workspaceFolder.path,
            appFolder: app.cwd,
            root: app.request.folder,
            log,
          }),
        environment: engineEnvironment(process.env),
        memory: {
          read: () => workspaceState.get(choicesKey),
          write: (choices) => workspaceState.update(choicesKey, choices),
        },
        activeFile: editor?.scheme === 'file' ? editor.fsPath : null,
      },
      { purpose: options.purpose, preset: options.preset ?? {} },
    );
  } finally {
    picker.dispose();
  }
}

function searchedFolders({ folders, purpose }: AskOptions): SearchedFolder[] {
  return folders
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ name, uri }) => ({
      name,
      path: uri.fsPath,
      readRequest: () =>
        requestFromSettings(readSettings(uri), { workspaceFolder: uri.fsPath, home: os.homedir() }, purpose),
    }));
}
