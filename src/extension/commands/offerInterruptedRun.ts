import { access } from 'node:fs/promises';
import * as vscode from 'vscode';
import { clearInterruptedRun, interruptedRun } from '../run/interruptedRun';
import type { Services } from '../services';
import { openRecord } from '../record/openRecord';

/** After a reload of the window in the middle of a run: what was kept of it, and the way to run it again. */
export async function offerInterruptedRun({ context, controller, panels }: Services): Promise<void> {
  const interrupted = interruptedRun(context.workspaceState);
  if (interrupted === null || controller.current !== null) return;
  await clearInterruptedRun(context.workspaceState);
  const { recordPath, folder } = interrupted;
  // Its panel came back with the window and shows the partial record already, with *Run again*.
  if (recordPath !== null && panels.isVisible(folder)) return;
  const hasRecord =
    recordPath !== null &&
    (await access(recordPath).then(
      () => true,
      () => false,
    ));
  const open = 'Open the Partial Record';
  const again = 'Run Again';
  const chosen = await vscode.window.showWarningMessage(
    hasRecord
      ? 'The window was closed or reloaded in the middle of a comparison. The trials that had ended were kept.'
      : 'The window was closed or reloaded in the middle of a comparison, before a trial had ended.',
    ...(hasRecord ? [open] : []),
    again,
  );
  if (chosen === open && recordPath !== null) await openRecord(recordPath);
  if (chosen === again) await vscode.commands.executeCommand('insightsComparison.rerunLast');
}
