import path from 'node:path';
import { annotationsFileName } from '../../core/history/annotationsFileName';
import { resultsFolderName } from '../../core/history/runFolder';
import { isInside } from '../../core/isInside';
import { expandPath, type PathContext } from '../expandPath';
import type { Settings } from '../settingsValues';

/**
 * Where the runs of a workspace folder are kept: the setting `resultsLocation`, else beside the app (`app.path`, else the workspace
 * folder itself). The same place that a request made of these settings names to the engine.
 */
export function resultsFolderOf(settings: Pick<Settings, 'resultsLocation' | 'appPath'>, context: PathContext): string {
  if (settings.resultsLocation !== '') return expandPath(settings.resultsLocation, context);
  const folder = settings.appPath === '' ? context.workspaceFolder : expandPath(settings.appPath, context);
  return path.join(folder, resultsFolderName);
}

/** A folder to watch, and what in it: all that says that a run came, changed or went. */
export interface WatchPattern {
  readonly base: string;
  readonly pattern: string;
}

/**
 * Inside the workspace folder the pattern starts there, so that the results folder itself may come and go; its recursive watcher is
 * on anyway. Elsewhere nothing but the results folder is watched. Folders are named as well as files: of a deleted folder only its own
 * going is told.
 */
export function watchPatternOf(resultsFolder: string, workspaceFolder: string): WatchPattern {
  const relative = path.relative(workspaceFolder, resultsFolder).split(path.sep).join('/');
  const below = ['runs', 'runs/*', 'runs/*/summary.json', annotationsFileName];
  if (!isInside(resultsFolder, workspaceFolder) || /[{}[\]*?,]/.test(relative))
    return { base: resultsFolder, pattern: `{${below.join(',')}}` };
  return { base: workspaceFolder, pattern: `{${[relative, ...below.map((name) => `${relative}/${name}`)].join(',')}}` };
}

/** The run folder that a changed path belongs to; null: more than one may be meant. */
export function runFolderOf(changed: string, resultsFolder: string): string | null {
  const [runs, name] = path.relative(resultsFolder, changed).split(path.sep);
  return runs === 'runs' && name !== undefined && name !== '' ? path.join(resultsFolder, 'runs', name) : null;
}
