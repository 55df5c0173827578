import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { projectFileName } from '../../core/project/projectFileName';
import type { Logs } from '../logs';
import { readSettings } from '../settings';
import { setContextKey } from './contextKeys';
import { debounced } from './debounced';
import type { ProjectOverview } from './readProject';

/** What can be run in each workspace folder. Read only while a view that shows it can be seen, and only where the folder is trusted. */
export interface ProjectLibrary extends vscode.Disposable {
  /** As last read; empty before, and in a workspace that is not trusted. */
  readonly projects: readonly ProjectOverview[];
  readonly onDidChange: vscode.Event<void>;
  /** Reads again when something has changed since; a view that was shown calls it. */
  ensureFresh(): void;
}

/** What tells an app: its files, at most two folders deep. */
const appFiles = '{manage,app,wsgi,main,__init__}.py';
const detectionPatterns = [projectFileName, appFiles, `*/${appFiles}`, `*/*/${appFiles}`];
const settleMs = 300;

export function createProjectLibrary({ logs }: { readonly logs: Logs }): ProjectLibrary {
  const changed = new vscode.EventEmitter<void>();
  let projects: readonly ProjectOverview[] = [];
  let isStale = true;
  let hasReader = false;
  let watchers: readonly vscode.Disposable[] = [];
  let reading: Promise<void> | null = null;

  const read = async (): Promise<void> => {
    isStale = false;
    const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
    projects = await Promise.all(folders.filter(({ uri }) => uri.scheme === 'file').map(readFolder));
    for (const watcher of watchers) watcher.dispose();
    watchers = [
      ...folders.flatMap((folder) => detectionPatterns.map((pattern) => watch(folder.uri, pattern, stale))),
      ...projects.flatMap(({ files }) =>
        files.map((file) => watch(vscode.Uri.file(path.dirname(file)), globEscape(path.basename(file)), stale)),
      ),
    ];
    setContextKey(
      'hasApp',
      projects.some(({ targets, problem }) => targets.length > 0 || problem !== null),
    );
    changed.fire();
  };
  const ensureFresh = (): void => {
    hasReader = true;
    if (!isStale || reading !== null) return;
    reading = read()
      .catch((error: unknown) => {
        logs.own.error(error instanceof Error ? error : String(error));
      })
      .finally(() => {
        reading = null;
        // Something changed while it was read.
        if (isStale) settle.call();
      });
  };
  const settle = debounced(settleMs, ensureFresh);
  const stale = (): void => {
    isStale = true;
    if (hasReader) settle.call();
  };

  const follow = vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(stale),
    vscode.workspace.onDidGrantWorkspaceTrust(stale),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('insightsComparison')) stale();
    }),
  );
  return {
    get projects() {
      return projects;
    },
    onDidChange: changed.event,
    ensureFresh,
    dispose: () => {
      follow.dispose();
      settle.dispose();
      for (const watcher of watchers) watcher.dispose();
      changed.dispose();
    },
  };
}

async function readFolder({ uri }: vscode.WorkspaceFolder): Promise<ProjectOverview> {
  const { problemProject, readProject } = await import('./readProject');
  const { requestFromSettings } = await import('../requestFromSettings');
  try {
    const context = { workspaceFolder: uri.fsPath, home: os.homedir() };
    return await readProject(await requestFromSettings(readSettings(uri), context));
  } catch (error) {
    return problemProject(uri.fsPath, error);
  }
}

function watch(folder: vscode.Uri, pattern: string, onChange: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern));
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(onChange),
    watcher.onDidChange(onChange),
    watcher.onDidDelete(onChange),
  );
}

/** A file's name as a glob that matches it alone. */
function globEscape(name: string): string {
  return name.replaceAll(/[*?{}[\]]/g, '?');
}
