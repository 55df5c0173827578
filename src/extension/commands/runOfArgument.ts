import path from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../services';
import type { PastRun } from '../views/runLibrary';

export type RecordPlace = Pick<PastRun, 'recordPath' | 'workspaceFolder'>;

/**
 * The record that a command is about: the row it was called on, the path a page handed over, the record that is open in the
 * active editor, else the one that the user picks. Null when they picked none.
 */
export async function runOfArgument(
  services: Services,
  argument: unknown,
  question: string,
): Promise<RecordPlace | null> {
  const asked = pathOf(argument) ?? openRecordPath();
  return asked === null ? pickRun(services.library.runs, question) : placeOf(services, asked);
}

/** Null when none is picked. */
export async function pickRun(runs: readonly PastRun[], question: string): Promise<PastRun | null> {
  const picked = await vscode.window.showQuickPick(
    runs.map((run) => ({
      label: run.annotation.name ?? run.summary.label,
      description: `${run.summary.target} · ${run.summary.scenario}`,
      detail: run.summary.createdAt,
      run,
    })),
    { placeHolder: runs.length === 0 ? 'There are no past runs yet' : question },
  );
  return picked?.run ?? null;
}

function placeOf(services: Services, recordPath: string): RecordPlace | null {
  const known = services.library.runs.find((run) => run.recordPath === recordPath);
  if (known) return known;
  const workspaceFolder =
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(recordPath)) ?? vscode.workspace.workspaceFolders?.[0];
  return workspaceFolder ? { recordPath, workspaceFolder } : null;
}

/** A tree row (`run` or itself a past run), a record's address, or its path. */
function pathOf(argument: unknown): string | null {
  if (typeof argument === 'string') return argument;
  if (argument instanceof vscode.Uri) return argument.fsPath;
  if (typeof argument !== 'object' || argument === null) return null;
  if ('recordPath' in argument && typeof argument.recordPath === 'string') return argument.recordPath;
  return 'run' in argument ? pathOf(argument.run) : null;
}

function openRecordPath(): string | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && path.basename(input.uri.fsPath).endsWith('.insights.json')
    ? input.uri.fsPath
    : null;
}
