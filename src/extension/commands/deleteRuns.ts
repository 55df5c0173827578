import * as vscode from 'vscode';
import { putRunBack, runsSetAside, setRunAside } from '../../core/history/deletedRuns';
import type { Services } from '../services';
import { showError } from '../showError';
import type { PastRun } from '../views/runLibrary';
import { pickRun, runsOfArgument } from './runOfArgument';

/** Folders whose deletion can still be undone in this window. */
const undoable = new Set<string>();

/** At once, and to be undone for as long as the message stands; then to the trash. */
export async function deleteRuns(services: Services, argument: unknown, selected: readonly unknown[]): Promise<void> {
  const runs = await runsToDelete(services, argument, selected);
  for (const place of new Set(runs.map(({ resultsFolder }) => resultsFolder))) await clearSetAside(place);
  const aside: string[] = [];
  try {
    for (const { folder } of runs) {
      aside.push(await setRunAside(folder));
    }
  } finally {
    // Also of those before one that could not be moved.
    for (const folder of aside) undoable.add(folder);
    await services.library.refresh();
    // Not waited for: it stands for as long as the user lets it.
    if (aside.length > 0)
      offerUndo(services, runs.slice(0, aside.length), aside).catch(
        (error: unknown) => void showError(error, services.logs),
      );
  }
}

/** By a key those that are selected. From the palette always asked for: the record that happens to be open is not meant to be deleted. */
async function runsToDelete(
  services: Services,
  argument: unknown,
  selected: readonly unknown[],
): Promise<readonly PastRun[]> {
  const question = 'Delete which run?';
  if (argument === 'selection') {
    const { selection } = services.runsView;
    return selection.length === 0 ? [] : runsOfArgument(services, selection[0], selection, question);
  }
  if (argument !== undefined) return runsOfArgument(services, argument, selected, question);
  const run = await pickRun(services.library.runs, question);
  return run === null ? [] : [run];
}

/** What was deleted in a window that was closed before it went to the trash. */
export async function clearSetAside(resultsFolder: string): Promise<void> {
  const left = (await runsSetAside(resultsFolder)).filter((folder) => !undoable.has(folder));
  for (const folder of left) await removeFolder(vscode.Uri.file(folder));
}

async function offerUndo(services: Services, runs: readonly PastRun[], aside: readonly string[]): Promise<void> {
  const [first, ...others] = runs;
  const what = others.length > 0 ? `${runs.length} runs` : `“${first?.annotation.name ?? first?.summary.label ?? ''}”`;
  const undo = 'Undo';
  const isWantedBack = (await vscode.window.showInformationMessage(`Deleted ${what}.`, undo)) === undo;
  for (const folder of aside) {
    undoable.delete(folder);
    if (isWantedBack) await putRunBack(folder);
    else await removeFolder(vscode.Uri.file(folder));
  }
  if (isWantedBack) await services.library.refresh();
}

/** To the trash; for good where the file system has none. */
export async function removeFolder(folder: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: true });
  } catch {
    await vscode.workspace.fs.delete(folder, { recursive: true, useTrash: false });
  }
}
