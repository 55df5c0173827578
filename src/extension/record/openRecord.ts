import * as vscode from 'vscode';
import { recordViewType } from './recordEditor';

/** Opens a record in its page. */
export async function openRecord(recordPath: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(recordPath), recordViewType);
}
