import * as vscode from 'vscode';
import type { Logs } from '../logs';
import type { PanelHost } from '../panel/panelHost';
import type { RunController, WindowRun } from '../run/runController';
import { readSettings } from '../settings';
import { showError } from '../showError';
import { finishText } from './finishText';

export interface FinishNoticeDeps {
  readonly controller: RunController;
  readonly panels: PanelHost;
  readonly logs: Logs;
}

const openResult = 'Open Result';
const showLog = 'Show Log';

/** Tells that a run has ended, when its panel cannot be seen. The setting silences results; what went wrong is always told. */
export function createFinishNotice({ controller, panels, logs }: FinishNoticeDeps): vscode.Disposable {
  return controller.onDidEnd((run) => {
    if (panels.isVisible(run.request.folder)) return;
    tell(run, panels, logs).catch((error: unknown) => void showError(error, logs));
  });
}

async function tell(run: WindowRun, panels: PanelHost, logs: Logs): Promise<void> {
  const finish = finishText(run.live);
  if (finish.kind === 'none') return;
  let chosen: string | undefined;
  if (finish.kind === 'result') {
    if (!isWanted()) return;
    chosen = await vscode.window.showInformationMessage(finish.message, openResult);
  } else {
    chosen = await vscode.window.showErrorMessage(finish.message, ...(finish.hasRecord ? [openResult] : []), showLog);
  }
  if (chosen === openResult) panels.reveal(run.request.folder);
  if (chosen === showLog) logs.own.show();
}

/** A wrong setting silences nothing. */
function isWanted(): boolean {
  try {
    return readSettings().hasFinishNotice;
  } catch {
    return true;
  }
}
