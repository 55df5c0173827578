import * as vscode from 'vscode';
import { UserError } from '../shared/userError';

/** Throws `UserError` in a workspace that is not trusted: records can be read there, nothing may run. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new UserError('usage', 'Nothing is run in a folder that is not trusted', {
    hint: 'Trust it with the command "Workspaces: Manage Workspace Trust", then try again.',
  });
}
