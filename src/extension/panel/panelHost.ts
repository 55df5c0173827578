import * as vscode from 'vscode';
import { isInside } from '../../core/isInside';
import { interruptedRun } from '../run/interruptedRun';
import type { RunController, WindowRun } from '../run/runController';
import type { Logs } from '../logs';
import type { RunLibrary } from '../views/runLibrary';
import { resultsPlaces } from '../views/resultsPlaces';
import { createRunPanel, panelViewType, type RunPanel } from './runPanel';

/** The panels beside the code: one per folder. Closing one never stops the run. */
export interface PanelHost extends vscode.Disposable {
  /** Shows the panel of the latest run in this window, making it beside the code if it was closed; focus stays where it is. */
  reveal(folder: string): void;
  /** The charts of the run that is on stand still, or go on; false: no panel shows it. */
  freeze(): boolean;
  /** True while the panel of this folder can be seen: nothing needs to be notified then. */
  isVisible(folder: string): boolean;
}

export interface PanelHostDeps {
  readonly distFolder: string;
  readonly controller: RunController;
  readonly library: RunLibrary;
  readonly logs: Logs;
  readonly workspaceState: vscode.Memento;
}

/** What is known of a folder, whether or not its panel is open. */
interface FolderState {
  /** The newest run of this window, as it was last heard of. */
  run: WindowRun | null;
  /** The record that a panel showed before the window was reloaded. */
  restored: string | null;
  panel: RunPanel | null;
}

/** Keeps the truth for every panel: the folder's newest run in this window, else what a reload left. */
export function createPanelHost(deps: PanelHostDeps): PanelHost {
  const { controller, logs } = deps;
  // Read now: the offer to run again clears it.
  const interrupted = interruptedRun(deps.workspaceState)?.recordPath ?? null;
  const folders = new Map<string, FolderState>();
  const stateOf = (folder: string): FolderState => {
    const known = folders.get(folder) ?? { run: null, restored: null, panel: null };
    folders.set(folder, known);
    return known;
  };

  const open = (folder: string, panel: vscode.WebviewPanel): void => {
    const state = stateOf(folder);
    state.panel = createRunPanel(panel, folder, {
      ...deps,
      state: () => ({ run: newestRun(folder)?.live ?? null, restored: state.restored }),
      onClosed: () => {
        state.panel = null;
      },
    });
  };

  /** Asked of the controller where it can be: its truth holds exactly the events that were handed on, so a snapshot and what follows fit. */
  const newestRun = (folder: string): WindowRun | null => {
    const { latest } = controller;
    return latest?.request.folder === folder ? latest : stateOf(folder).run;
  };
  /** True when it is the first that is heard of a run. */
  const note = (run: WindowRun): boolean => {
    const state = stateOf(run.request.folder);
    const isNew = state.run?.request !== run.request;
    state.run = run;
    return isNew;
  };
  if (controller.latest !== null) note(controller.latest);

  const subscriptions = [
    controller.onDidChange((run) => {
      const isNew = note(run);
      const { panel } = stateOf(run.request.folder);
      if (isNew) panel?.renew();
      else panel?.retitle();
    }),
    controller.onEvents((events) => {
      const run = controller.current;
      if (run !== null) folders.get(run.request.folder)?.panel?.forward(events);
    }),
    controller.onDidEnd((run) => {
      note(run);
      stateOf(run.request.folder).panel?.renew();
    }),
    vscode.window.registerWebviewPanelSerializer(panelViewType, {
      deserializeWebviewPanel: async (panel, pageState: unknown) => {
        const { restoredRecordPath } = await import('./restoredRecordPath');
        const places = resultsPlaces();
        const recordPath = restoredRecordPath(pageState, {
          resultsFolders: places.map(({ path }) => path),
          interrupted,
        });
        const place = places.find(({ path }) => recordPath !== null && isInside(recordPath, path)) ?? places[0];
        const folder = place?.workspaceFolder.uri.fsPath;
        if (recordPath === null || folder === undefined || stateOf(folder).panel !== null) {
          logs.own.debug('A panel of an earlier window has nothing to show and was closed.');
          panel.dispose();
          return;
        }
        stateOf(folder).restored = recordPath;
        open(folder, panel);
      },
    }),
  ];

  return {
    reveal: (folder) => {
      const isNew = controller.latest?.request.folder === folder && note(controller.latest);
      const { panel } = stateOf(folder);
      if (panel === null) {
        open(folder, newPanel());
        return;
      }
      panel.reveal();
      if (isNew) panel.renew();
    },
    freeze: () => {
      const folder = controller.current?.request.folder;
      const panel = folder === undefined ? null : (folders.get(folder)?.panel ?? null);
      if (panel?.isVisible() !== true) return false;
      panel.freeze();
      return true;
    },
    isVisible: (folder) => folders.get(folder)?.panel?.isVisible() ?? false,
    // The panels stay: VS Code ends them itself, and only those that are open at a reload of the window come back.
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
      for (const { panel } of folders.values()) panel?.dispose();
    },
  };
}

function newPanel(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    panelViewType,
    'Insights comparison',
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, retainContextWhenHidden: false },
  );
}
