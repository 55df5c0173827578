import path from 'node:path';
import * as vscode from 'vscode';
import type { RunController, WindowRun } from '../run/runController';
import { readSettings } from '../settings';
import { statusText, type ShownSummary } from './statusText';

/** The run of this window, hidden before the first one and where the setting says so. A click shows the result. */
export function createStatusBar({ controller }: { readonly controller: RunController }): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('insightsComparison.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Insights Comparison';
  item.command = 'insightsComparison.openResult';
  let shown: WindowRun | null = controller.latest;
  let summary: ShownSummary | null = null;
  /** What the item says; null while it is hidden. */
  let said: string | null = null;

  const update = (): void => {
    if (shown === null || !isWanted()) {
      item.hide();
      said = null;
      return;
    }
    const { text, tooltip, accessibleLabel } = statusText(shown.live, summary);
    // A run tells of itself several times a second, and mostly the same.
    const now = JSON.stringify([text, tooltip, accessibleLabel]);
    if (now === said) return;
    said = now;
    item.text = text;
    item.tooltip = tooltip;
    item.accessibilityInformation = { label: accessibleLabel };
    item.show();
  };
  const show = (run: WindowRun): void => {
    if (run.request !== shown?.request) summary = null;
    shown = run;
    update();
  };
  const readSummary = async (run: WindowRun): Promise<void> => {
    const recordPath = run.live.results.at(-1)?.recordPath ?? null;
    const { readPastRun } = await import('../../core/history/readPastRun');
    const past = recordPath === null ? null : readPastRun(path.dirname(recordPath));
    // The next run may have begun in the meantime.
    if (past === null || shown?.request !== run.request) return;
    summary = past.summary;
    update();
  };

  update();
  return vscode.Disposable.from(
    item,
    controller.onDidChange(show),
    controller.onDidEnd((run) => {
      show(run);
      void readSummary(run);
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('insightsComparison.statusBar')) update();
    }),
  );
}

/** A wrong setting hides nothing. */
function isWanted(): boolean {
  try {
    return readSettings().hasStatusBar;
  } catch {
    return true;
  }
}
