import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { markdownReport } from '../../core/report/markdownReport';
import type { ComparisonRecord } from '../../shared/record';
import { UserError } from '../../shared/userError';
import { exportFileName, exportFileStem, exportFormats, type ExportFormat } from './exportFormats';
import { loadRecord, recordFile, type LoadedRecord } from './loadRecord';

const noticeMs = 5000;

/** Asks for a format and a place, and saves the record there. Throws `UserError` when it cannot be read or written. */
export async function exportRecord(recordPath: string, distFolder: string): Promise<void> {
  await exportLoaded(await loadRecord(recordFile(recordPath)), { recordPath, distFolder });
}

/** The summary for a pull request, to the clipboard. */
export async function copyRecordMarkdown(recordPath: string): Promise<void> {
  const { record } = await loadRecord(recordFile(recordPath));
  await copyMarkdownOf(record);
}

/** The command line that repeats the comparison, to the clipboard. */
export async function copyRecordCli(recordPath: string): Promise<void> {
  const { record } = await loadRecord(recordFile(recordPath));
  await copyCliOf(record);
}

/** As `exportRecord`, of a record that is already there. */
export async function exportLoaded(
  loaded: LoadedRecord,
  { recordPath, distFolder }: { readonly recordPath: string; readonly distFolder: string },
): Promise<void> {
  const format = await vscode.window.showQuickPick([...exportFormats, pictures], { placeHolder: 'Save the result as' });
  if (!format) return;
  if (!('write' in format)) return exportPictures(loaded, recordPath);
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(homeOf(recordPath), exportFileName(loaded.record, format)),
    filters: { [format.label]: [format.extension] },
    saveLabel: 'Export',
    title: 'Export Report',
  });
  if (!target) return;
  await write(target, format, loaded, distFolder);
  vscode.window.setStatusBarMessage(`$(check) Saved ${path.basename(target.path).replaceAll('$(', '$ (')}`, noticeMs);
}

const pictures = {
  label: 'PNG: charts',
  detail: 'Every chart as a picture of 1,600 pixels, into a folder',
} as const;

async function exportPictures({ record, series }: LoadedRecord, recordPath: string): Promise<void> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      defaultUri: homeOf(recordPath),
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: 'Export Here',
      title: 'Export Charts',
    })) ?? [];
  if (!folder) return;
  const { picturesOf } = await import('../../core/report/picture/pictures');
  let saved = 0;
  for (const { name, png } of picturesOf(record, series)) {
    await writeTo(vscode.Uri.joinPath(folder, `${exportFileStem(record)}-${name}`), png);
    saved += 1;
  }
  vscode.window.setStatusBarMessage(`$(check) Saved ${saved} charts`, noticeMs);
}

export async function copyMarkdownOf(record: ComparisonRecord): Promise<void> {
  await vscode.env.clipboard.writeText(markdownReport(record));
  vscode.window.setStatusBarMessage('$(check) Copied as Markdown', noticeMs);
}

export async function copyCliOf(record: ComparisonRecord): Promise<void> {
  await vscode.env.clipboard.writeText(record.plan.repeatCommand);
  vscode.window.setStatusBarMessage('$(check) Copied the command line', noticeMs);
}

async function write(
  target: vscode.Uri,
  format: ExportFormat,
  loaded: LoadedRecord,
  distFolder: string,
): Promise<void> {
  const text = await format.write(loaded, async () => readFile(path.join(distFolder, 'webview', 'page.js'), 'utf8'));
  await writeTo(target, Buffer.from(text, 'utf8'));
}

async function writeTo(target: vscode.Uri, content: Uint8Array): Promise<void> {
  try {
    await vscode.workspace.fs.writeFile(target, content);
  } catch (cause) {
    throw new UserError('usage', `The report could not be written to ${target.fsPath}`, {
      hint: 'Choose a folder that can be written.',
      cause,
    });
  }
}

/** Not the run's own folder, which is hidden and may be deleted: the workspace folder it belongs to. */
function homeOf(recordPath: string): vscode.Uri {
  const record = vscode.Uri.file(recordPath);
  return vscode.workspace.getWorkspaceFolder(record)?.uri ?? vscode.Uri.joinPath(record, '..');
}
