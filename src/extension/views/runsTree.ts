import * as vscode from 'vscode';
import { assertNever } from '../../shared/assertNever';
import { recordViewType } from '../record/recordEditor';
import type { RunController } from '../run/runController';
import { setContextKey } from './contextKeys';
import type { ProjectLibrary } from './projectLibrary';
import { createRunFilter } from './runFilter';
import { groupRuns, type RunGroup } from './runGroups';
import type { PastRun, RunLibrary } from './runLibrary';
import { runningRow } from './runningRow';
import { runRow } from './runRow';
import type { RunsViewState } from './runsViewState';

/** A row of the view *Runs*. Commands on a past run get it as their argument. */
export type RunsTreeRow =
  | { readonly type: 'running' }
  | { readonly type: 'past'; readonly run: PastRun }
  | { readonly type: 'group'; readonly group: RunGroup<PastRun> }
  | { readonly type: 'none'; readonly filter: string };

const running: RunsTreeRow = { type: 'running' };
const minuteMs = 60_000;

export interface RunsTreeDeps {
  readonly library: RunLibrary;
  readonly controller: RunController;
  readonly projects: ProjectLibrary;
  readonly state: RunsViewState;
}

/** The run that is on, then pinned runs, then the other past runs, newest first. Nothing is refreshed while the view cannot be seen. */
export function createRunsTree({ library, controller, projects, state }: RunsTreeDeps): vscode.Disposable {
  const changed = new vscode.EventEmitter<RunsTreeRow | undefined>();
  const provider: vscode.TreeDataProvider<RunsTreeRow> = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => (row === undefined ? rows(library, controller, state) : childrenOf(row)),
    getTreeItem: (row) => treeItem(row, controller),
  };
  const view = vscode.window.createTreeView('insightsComparison.runs', {
    treeDataProvider: provider,
    canSelectMany: true,
  });

  /** What the row of the run that is on said last; null without one. */
  let said: string | null = null;
  const updateKeys = (): void => {
    const { current } = controller;
    const now = current === null ? null : JSON.stringify(runningRow(current.live));
    // A run tells of itself several times a second, and mostly the same: the window draws the row again each time that it is told.
    if (now !== null && now === said) return;
    const onlyMoved = now !== null && said !== null;
    said = now;
    setContextKey('isRunning', current !== null);
    setContextKey('hasRuns', library.runs.length > 0);
    if (view.visible) changed.fire(onlyMoved ? running : undefined);
  };
  const minute = setInterval(() => {
    if (view.visible) changed.fire(undefined);
  }, minuteMs);
  const onVisible = (): void => {
    if (!view.visible) return;
    projects.ensureFresh();
    changed.fire(undefined);
  };
  updateKeys();
  onVisible();
  return vscode.Disposable.from(
    view,
    changed,
    new vscode.Disposable(() => clearInterval(minute)),
    view.onDidChangeVisibility(onVisible),
    view.onDidChangeSelection(({ selection }) => {
      state.selection = selection;
    }),
    state.onDidChange(() => {
      view.description = state.filter === '' ? '' : `“${state.filter}”`;
      changed.fire(undefined);
    }),
    controller.onDidChange(updateKeys),
    controller.onDidEnd(updateKeys),
    library.onDidChange(() => {
      setContextKey('hasRuns', library.runs.length > 0);
      if (view.visible) changed.fire(undefined);
    }),
  );
}

/** The partial record of the run that is on is no past run yet. */
function rows(library: RunLibrary, controller: RunController, { filter, grouping }: RunsViewState): RunsTreeRow[] {
  const on = controller.current?.live.comparison?.folder ?? null;
  const isWanted = createRunFilter(filter);
  const past = library.runs.filter((run) => run.folder !== on && isWanted(run));
  const isPinned = ({ annotation }: PastRun): boolean => annotation.pinned === true;
  const { single, groups } = groupRuns(
    past.filter((run) => !isPinned(run)),
    grouping,
  );
  if (filter !== '' && past.length === 0) return [{ type: 'none', filter }];
  return [
    ...(controller.current === null ? [] : [running]),
    ...past.filter(isPinned).map((run): RunsTreeRow => ({ type: 'past', run })),
    ...single.map((run): RunsTreeRow => ({ type: 'past', run })),
    ...groups.map((group): RunsTreeRow => ({ type: 'group', group })),
  ];
}

function childrenOf(row: RunsTreeRow): RunsTreeRow[] {
  return row.type === 'group' ? row.group.runs.map((run): RunsTreeRow => ({ type: 'past', run })) : [];
}

function treeItem(row: RunsTreeRow, controller: RunController): vscode.TreeItem {
  switch (row.type) {
    case 'running':
      return runningItem(controller);
    case 'past':
      return pastItem(row.run);
    case 'group':
      return groupItem(row.group);
    case 'none':
      return noneItem(row.filter);
    default:
      return assertNever(row);
  }
}

function runningItem({ current }: RunController): vscode.TreeItem {
  if (current === null) return new vscode.TreeItem('Ended');
  const { label, description, accessibleLabel } = runningRow(current.live);
  const item = new vscode.TreeItem(label);
  item.id = 'running';
  item.description = description;
  item.iconPath = new vscode.ThemeIcon('sync');
  item.contextValue = 'running';
  item.accessibilityInformation = { label: accessibleLabel };
  item.command = { command: 'insightsComparison.openResult', title: 'Show the Run' };
  return item;
}

function pastItem(run: PastRun): vscode.TreeItem {
  const row = runRow(run.summary, run.annotation, Date.now());
  const item = new vscode.TreeItem(row.label);
  item.id = run.folder;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(row.icon, row.colour === null ? undefined : new vscode.ThemeColor(row.colour));
  item.tooltip = new vscode.MarkdownString(row.tooltip.join('\n\n'));
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.accessibleLabel };
  item.command = {
    command: 'vscode.openWith',
    title: 'Open the Result',
    arguments: [vscode.Uri.file(run.recordPath), recordViewType],
  };
  return item;
}

function groupItem({ id, label, runs }: RunGroup<PastRun>): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.description = runs.length === 1 ? '1 run' : `${runs.length} runs`;
  item.iconPath = new vscode.ThemeIcon('history');
  return item;
}

function noneItem(filter: string): vscode.TreeItem {
  const item = new vscode.TreeItem(`No run has “${filter}”`);
  item.description = 'show all';
  item.iconPath = new vscode.ThemeIcon('filter');
  item.command = { command: 'insightsComparison.clearRunFilter', title: 'Show All Runs' };
  return item;
}
