import * as vscode from 'vscode';
import type { Services } from '../services';
import { exportRecord, copyRecordCli, copyRecordMarkdown } from '../record/recordActions';
import { openRecord } from '../record/openRecord';
import { runOfArgument } from './runOfArgument';

export async function exportReport(services: Services, argument: unknown): Promise<void> {
  const past = await runOfArgument(services, argument, 'Export the report of which run?');
  if (past !== null) await exportRecord(past.recordPath, services.distFolder);
}

export async function copyMarkdown(services: Services, argument: unknown): Promise<void> {
  const past = await runOfArgument(services, argument, 'Copy which run as Markdown?');
  if (past !== null) await copyRecordMarkdown(past.recordPath);
}

export async function copyCli(services: Services, argument: unknown): Promise<void> {
  const past = await runOfArgument(services, argument, 'Copy the command line of which run?');
  if (past !== null) await copyRecordCli(past.recordPath);
}

/** In the system's file manager; in the editor's own explorer where that is on another machine. */
export async function revealRun(services: Services, argument: unknown): Promise<void> {
  const past = await runOfArgument(services, argument, 'Reveal which run?');
  if (past === null) return;
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  await vscode.commands.executeCommand(
    isHere ? 'revealFileInOS' : 'revealInExplorer',
    vscode.Uri.file(past.recordPath),
  );
}

/** The record's page, at an endpoint: what a lens over its code leads to. */
export async function openEndpoint(services: Services, argument: unknown): Promise<void> {
  const past = await runOfArgument(services, argument, 'Open which run?');
  if (past === null) return;
  const hasEndpoint = typeof argument === 'object' && argument !== null && 'endpoint' in argument;
  await openRecord(past.recordPath, hasEndpoint ? String(argument.endpoint) : null);
}
