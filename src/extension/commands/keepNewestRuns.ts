import * as vscode from 'vscode';
import { resultsFolderOf } from '../../core/history/runFolder';
import { resultsFolderOfRun } from '../../core/history/runPlace';
import type { RunRequest } from '../../shared/runRequest';
import type { Services } from '../services';
import { readSettings } from '../settings';
import { clearSetAside, removeFolder } from './deleteRuns';

/**
 * After a run, once the library knows it: the oldest runs beyond `retention.maxRuns` in its results folder, pinned ones aside, go to the trash; 0 keeps
 * all.
 */
export async function keepNewestRuns(services: Services, request: RunRequest): Promise<void> {
  const { maxRuns } = readSettings(vscode.Uri.file(request.folder));
  const results = resultsFolderOf(request.out, request.folder);
  await clearSetAside(results);
  if (maxRuns === 0) return;
  const there = services.library.runs.filter(
    ({ folder, annotation }) => resultsFolderOfRun(folder) === results && annotation.pinned !== true,
  );
  for (const { folder, summary } of there.slice(maxRuns)) {
    services.logs.own.info(`retention.maxRuns ${maxRuns}: removing ${summary.id}`);
    await removeFolder(vscode.Uri.file(folder));
  }
}
