import * as vscode from 'vscode';

const send = 'Send Load';

/** Asks whether load may be sent to another machine. False: it may not, or nothing was said. */
export async function confirmHost(host: string): Promise<boolean> {
  const detail =
    'It will be as busy as the scenario and its capacity trials make it, and is started and stopped by the commands of the project file. Say yes only if it is yours to load and nobody else uses it meanwhile.';
  const answer = await vscode.window.showWarningMessage(
    `Send load from here to ${host}?`,
    { modal: true, detail },
    send,
  );
  return answer === send;
}
