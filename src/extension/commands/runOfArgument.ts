import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../shared/userError';
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

/**
 * The past runs that a command is about: the rows that are selected, where the one it was called on is among them, else that one, else the one
 * that the user picks. Empty when they picked none. Throws `UserError` for a record that is none of the runs of this window.
 */
export async function runsOfArgument(
  services: Services,
  argument: unknown,
  selected: readonly unknown[],
  question: string,
): Promise<readonly PastRun[]> {
  if (selected.length > 1 && selected.includes(argument)) {
    const paths = selected.map(pathOf);
    return services.library.runs.filter(({ recordPath }) => paths.includes(recordPath));
  }
  const place = await runOfArgument(services, argument, question);
  if (place === null) return [];
  const run = services.library.runs.find(({ recordPath }) => recordPath === place.recordPath);
  if (run) return [run];
  throw new UserError('usage', `${place.recordPath} is none of the runs of this window`, {
    hint: 'Open the folder that it was run in.',
  });
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
