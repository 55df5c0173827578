import * as vscode from 'vscode';
import { recordViewType } from './recordEditor';
import { seekEndpoint } from './soughtEndpoint';

/** Opens a record in its page, at one of its endpoints where one is named. */
export async function openRecord(recordPath: string, endpoint: string | null = null): Promise<void> {
  if (endpoint !== null) seekEndpoint(recordPath, endpoint);
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(recordPath), recordViewType);
}
