import * as vscode from 'vscode';
import { setContextKey } from './contextKeys';
import { runGroupings, type RunGrouping } from './runGroups';

/** How the view *Runs* is looked at: what is left out, and how the rest is grouped. */
export interface RunsViewState extends vscode.Disposable {
  readonly filter: string;
  readonly grouping: RunGrouping;
  /** The rows that are selected now: a key tells a command nothing of them. */
  selection: readonly unknown[];
  /** Empty: nothing is left out. Forgotten when the window is closed. */
  setFilter(text: string): void;
  /** Remembered for the workspace. */
  setGrouping(grouping: RunGrouping): void;
  readonly onDidChange: vscode.Event<void>;
}

const groupingKey = 'insightsComparison.runGrouping';

export function createRunsViewState(workspaceState: vscode.Memento): RunsViewState {
  const changed = new vscode.EventEmitter<void>();
  const kept = workspaceState.get<unknown>(groupingKey);
  let grouping = runGroupings.find((name) => name === kept) ?? 'date';
  let filter = '';
  return {
    get filter() {
      return filter;
    },
    get grouping() {
      return grouping;
    },
    selection: [],
    setFilter: (text) => {
      if (text.trim() === filter) return;
      filter = text.trim();
      setContextKey('isFiltered', filter !== '');
      changed.fire();
    },
    setGrouping: (next) => {
      if (next === grouping) return;
      grouping = next;
      void workspaceState.update(groupingKey, next);
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
