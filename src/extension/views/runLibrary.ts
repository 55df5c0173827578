import path from 'node:path';
import * as vscode from 'vscode';
import type { Annotation } from '../../core/history/annotations';
import type { ListedRun } from '../../core/history/readPastRun';
import { recordFileName } from '../../core/history/runFolder';
import type { RecordSummary } from '../../shared/record';
import type { Logs } from '../logs';
import { debounced } from './debounced';
import { runFolderOf, watchPatternOf } from './resultsFolder';
import { onDidChangeResultsPlaces, resultsPlaces, type ResultsPlace } from './resultsPlaces';
import { createRunIndex } from './runIndex';

/** A past run as its `summary.json` tells of it. */
export interface PastRun {
  /** The workspace folder whose results it stands in. */
  readonly workspaceFolder: vscode.WorkspaceFolder;
  /** Absolute paths of the results folder, and of the run's own in it. */
  readonly resultsFolder: string;
  readonly folder: string;
  readonly recordPath: string;
  readonly summary: RecordSummary;
  /** What the user has said of it. */
  readonly annotation: Annotation;
}

/** Past runs of every workspace folder, newest first, from their summaries alone; follows the disk, so that runs of the command line appear by themselves. */
export interface RunLibrary extends vscode.Disposable {
  readonly runs: readonly PastRun[];
  readonly onDidChange: vscode.Event<void>;
  /** Reads everything again. */
  refresh(): Promise<void>;
}

/** Long enough to take the files of one finished trial together. */
const settleMs = 150;

/** Changed paths of a results folder since they were last looked at; `all`: it is to be read again as a whole. */
type Changes = Set<string> | 'all';

/** Starts to read as soon as the extension is activated, in the background. */
export function createRunLibrary({ logs }: { readonly logs: Logs }): RunLibrary {
  const index = createRunIndex<PastRun>();
  const changed = new vscode.EventEmitter<void>();
  const pending = new Map<string, Changes>();
  let places: readonly ResultsPlace[] = [];
  let watchers: readonly vscode.Disposable[] = [];
  /** One reading after the other: two at a time could leave the older answer. */
  let reading: Promise<void> = Promise.resolve();

  const read = (): Promise<void> => {
    reading = reading
      .then(async () => takeIn(places, pending, index))
      .then((hasChanged) => {
        if (hasChanged) changed.fire();
      })
      .catch((error: unknown) => {
        logs.own.error(error instanceof Error ? error : String(error));
      });
    return reading;
  };
  const settle = debounced(settleMs, () => void read());
  const note = (place: ResultsPlace, changedPath: string): void => {
    const run = runFolderOf(changedPath, place.path);
    const known = pending.get(place.path) ?? new Set<string>();
    pending.set(place.path, run === null || known === 'all' ? 'all' : known.add(run));
    settle.call();
  };
  const unwatch = (): void => {
    for (const watcher of watchers) watcher.dispose();
  };
  const rebuild = (): Promise<void> => {
    unwatch();
    places = resultsPlaces();
    watchers = places.map((place) => watchPlace(place, (changedPath) => note(place, changedPath)));
    index.keepOnly(places.map((place) => place.path));
    for (const place of places) pending.set(place.path, 'all');
    if (places.length === 0) changed.fire();
    return read();
  };

  const follow = onDidChangeResultsPlaces(() => void rebuild());
  // The editor's settings and watchers are slow when they are first asked for: more than all the rest of the activation together.
  const start = setImmediate(() => void rebuild());
  return {
    get runs() {
      return index.sorted;
    },
    onDidChange: changed.event,
    refresh: async () => {
      for (const place of places) pending.set(place.path, 'all');
      return read();
    },
    dispose: () => {
      clearImmediate(start);
      follow.dispose();
      settle.dispose();
      unwatch();
      changed.dispose();
    },
  };
}

/** Reads what has changed into the index; true when something was looked at. */
async function takeIn(
  places: readonly ResultsPlace[],
  pending: Map<string, Changes>,
  index: ReturnType<typeof createRunIndex<PastRun>>,
): Promise<boolean> {
  const work = [...pending];
  pending.clear();
  // Not when the extension is activated: the schemas of summaries take longer to make than all the rest.
  const { listRuns } = await import('../../core/history/listRuns');
  const { readPastRun } = await import('../../core/history/readPastRun');
  const { readAnnotations } = await import('../../core/history/annotations');
  for (const [resultsFolder, changes] of work) {
    const place = places.find((candidate) => candidate.path === resultsFolder);
    if (!place) continue;
    const said = await readAnnotations(resultsFolder);
    if (changes === 'all') {
      const listed = await listRuns(resultsFolder);
      index.replace(
        resultsFolder,
        listed.map((run) => pastRun(run, place, said)),
      );
      continue;
    }
    for (const folder of changes) {
      const run = readPastRun(folder);
      if (run === null) index.remove(resultsFolder, folder);
      else index.put(resultsFolder, pastRun(run, place, said));
    }
  }
  return work.length > 0;
}

function pastRun(
  { folder, summary }: ListedRun,
  { workspaceFolder, path: resultsFolder }: ResultsPlace,
  said: Readonly<Record<string, Annotation>>,
): PastRun {
  const annotation = said[summary.id] ?? {};
  const recordPath = path.join(folder, recordFileName);
  return { workspaceFolder, resultsFolder, folder, recordPath, summary, annotation };
}

function watchPlace(place: ResultsPlace, onPath: (changedPath: string) => void): vscode.Disposable {
  const { base, pattern } = watchPatternOf(place.path, place.workspaceFolder.uri.fsPath);
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(base), pattern));
  const onUri = (uri: vscode.Uri): void => onPath(uri.fsPath);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(onUri),
    watcher.onDidChange(onUri),
    watcher.onDidDelete(onUri),
  );
}
