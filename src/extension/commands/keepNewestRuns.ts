import * as vscode from 'vscode';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { removeFolder } from './recordCommands';

/** After a run: the oldest runs beyond `retention.maxRuns` of the folder go to the trash; 0 keeps all. */
export async function keepNewestRuns(services: Services, folder: string): Promise<void> {
  const { maxRuns } = readSettings(vscode.Uri.file(folder));
  if (maxRuns === 0) return;
  await services.library.refresh();
  const ofFolder = services.library.runs.filter((run) => run.recordPath.startsWith(folder));
  for (const { folder: old, summary } of ofFolder.slice(maxRuns)) {
    services.logs.own.info(`retention.maxRuns ${maxRuns}: removing ${summary.id}`);
    await removeFolder(vscode.Uri.file(old));
  }
}
