import * as vscode from 'vscode';
import { UserError } from '../shared/userError';
import type { Logs } from './logs';

/**
 * The one place where an error of a command is shown: what the user can mend as its sentence and the fix, everything else as a bug,
 * with its stack in the log.
 */
export async function showError(error: unknown, logs: Logs): Promise<void> {
  const isOurs = error instanceof UserError;
  if (isOurs) logs.own.warn([error.message, error.hint].filter((text) => text !== undefined).join(' '));
  else logs.own.error(error instanceof Error ? error : String(error));
  const text = isOurs
    ? sentence(error.message, error.hint)
    : `Something went wrong inside Insights comparison: ${error instanceof Error ? error.message : String(error)}`;
  const showLog = 'Show Log';
  if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) logs.own.show();
}

/** `What is wrong. The fix.` */
function sentence(message: string, hint: string | undefined): string {
  const stop = /[.!?]$/.test(message) ? '' : '.';
  return hint === undefined ? message : `${message}${stop} ${hint}`;
}
