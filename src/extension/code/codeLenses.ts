import path from 'node:path';
import * as vscode from 'vscode';
import { folderBesideResults, resultsFolderOfRun } from '../../core/history/runPlace';
import type { Logs } from '../logs';
import { readSettings } from '../settings';
import { settingNames } from '../settingsValues';
import type { PastRun, RunLibrary } from '../views/runLibrary';
import type { EndpointLens } from './endpointLenses';
import { findCode } from './findCode';

export interface CodeLenses extends vscode.Disposable {
  /** Until a newer run there is. */
  clear(): Promise<void>;
}

export interface CodeLensesDeps {
  readonly library: RunLibrary;
  /** Remembers what was cleared. */
  readonly workspaceState: vscode.Memento;
  readonly logs: Logs;
}

const clearedKey = 'insightsComparison.lensesClearedAt';

/** Over the code of each endpoint, what the newest comparison of each target says of it: from the records on disk, nothing is run. */
export function createCodeLenses({ library, workspaceState, logs }: CodeLensesDeps): CodeLenses {
  const changed = new vscode.EventEmitter<void>();
  /** By record, for records of comparisons that have ended: they change no more. */
  const known = new Map<string, Promise<readonly EndpointLens[]>>();

  const lensesOf = (recordPath: string): Promise<readonly EndpointLens[]> => {
    const found = known.get(recordPath) ?? readLenses(recordPath, logs);
    known.set(recordPath, found);
    return found;
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document) => {
      if (!isWanted(document.uri)) return [];
      const clearedAt = workspaceState.get<string>(clearedKey) ?? '';
      const shown: vscode.CodeLens[] = [];
      for (const run of newestPerTarget(library.runs, document.uri, clearedAt)) {
        const file = path.relative(runFolderBase(run), document.uri.fsPath).split(path.sep).join('/');
        const lenses = (await lensesOf(run.recordPath)).filter((lens) => lens.file === file);
        if (lenses.length === 0) continue;
        const text = document.getText();
        for (const lens of lenses) {
          const line = findCode(text, lens);
          if (line !== null) shown.push(toCodeLens(lens, line, run));
        }
      }
      return shown;
    },
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider({ language: 'python', scheme: 'file' }, provider),
    library.onDidChange(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(settingNames.hasCodeMarks)) changed.fire();
    }),
  );
  return {
    clear: async () => {
      await workspaceState.update(clearedKey, new Date().toISOString());
      changed.fire();
    },
    dispose: () => {
      subscriptions.dispose();
    },
  };
}

/** A record that cannot be read has no lenses; the log says why. */
async function readLenses(recordPath: string, { own }: Logs): Promise<readonly EndpointLens[]> {
  try {
    const { readRecord } = await import('../../core/history/readRecord');
    const { endpointLenses } = await import('./endpointLenses');
    return endpointLenses((await readRecord(recordPath)).record);
  } catch (error) {
    own.warn(`No lenses from ${recordPath}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

function newestPerTarget(runs: readonly PastRun[], document: vscode.Uri, clearedAt: string): readonly PastRun[] {
  const folder = vscode.workspace.getWorkspaceFolder(document);
  const targets = new Set<string>();
  // They come newest first.
  return runs.filter(({ workspaceFolder, summary }) => {
    const { target, status, purpose, createdAt } = summary;
    if (workspaceFolder.uri.toString() !== folder?.uri.toString() || targets.has(target)) return false;
    if (status !== 'complete' || purpose !== 'comparison') return false;
    targets.add(target);
    return createdAt > clearedAt;
  });
}

/** The folder that was run: beside its results, unless those were sent elsewhere. */
function runFolderBase({ folder, workspaceFolder }: PastRun): string {
  return folderBesideResults(resultsFolderOfRun(folder)) ?? workspaceFolder.uri.fsPath;
}

function toCodeLens({ title, tooltip, endpoint }: EndpointLens, line: number, run: PastRun): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
    title,
    tooltip,
    command: 'insightsComparison.openEndpoint',
    arguments: [{ recordPath: run.recordPath, endpoint }],
  });
}

/** A wrong setting hides nothing. */
function isWanted(resource: vscode.Uri): boolean {
  try {
    return readSettings(resource).hasCodeMarks;
  } catch {
    return true;
  }
}
