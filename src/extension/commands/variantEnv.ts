import path from 'node:path';
import * as vscode from 'vscode';
import { findEnvFiles } from '../../core/project/findEnvFiles';
import { variantEnvText } from '../../core/project/variantEnvText';
import { UserError } from '../../shared/userError';
import { chooseFolder } from '../chooseFolder';
import { requireTrust } from '../trust';

/** **Create a Variant of an Env File**: beside one that is chosen, the same with Insights the other way round; nothing that is there is written over. */
export async function createVariantEnv(): Promise<void> {
  requireTrust();
  const folder = await chooseFolder();
  if (!folder) return;
  const root = folder.uri.fsPath;
  const source = await chooseSource(root);
  if (source === undefined) return;
  const text = source === null ? '' : Buffer.from(await vscode.workspace.fs.readFile(source)).toString('utf8');
  const variant = variantEnvText(text);
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.file(path.join(source === null ? root : path.dirname(source.fsPath), variant.name)),
    saveLabel: 'Create',
    title: `An Env File with Insights ${variant.isOn ? 'On' : 'Off'}`,
  });
  if (!target) return;
  if (await exists(target)) {
    throw new UserError('usage', `${target.fsPath} is there already`, { hint: 'Choose another name for the variant.' });
  }
  await vscode.workspace.fs.writeFile(target, Buffer.from(variant.text, 'utf8'));
  await vscode.window.showTextDocument(target);
}

/** Null: an empty one is begun with; undefined: nothing was chosen. */
async function chooseSource(root: string): Promise<vscode.Uri | null | undefined> {
  const files = await findEnvFiles([root]);
  const rows = [
    ...files.map((file) => ({ label: path.relative(root, file), source: vscode.Uri.file(file) })),
    { label: 'An empty one', source: null },
  ];
  const picked = await vscode.window.showQuickPick(rows, { placeHolder: 'Make a variant of which env file?' });
  return picked?.source;
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
