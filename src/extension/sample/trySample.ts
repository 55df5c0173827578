import { homedir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { findPython } from '../../core/project/findPython';
import { UserError } from '../../shared/userError';
import { expandProgram } from '../expandPath';
import type { Logs } from '../logs';
import { readSettings } from '../settings';
import { settingNames } from '../settingsValues';
import { makeSampleEnvironment } from './makeSampleEnvironment';
import { describePipLine } from './pipMessages';
import { removeSample, sampleDestination, writeSample } from './writeSample';

export interface TrySampleDeps {
  /** The sample's package stands in its folder `sample`. */
  readonly distFolder: string;
  readonly logs: Logs;
}

/** What a caller other than the palette may say: where the sample goes (then nothing is asked), and not to open it. */
export interface TrySampleArgument {
  readonly destination: vscode.Uri;
  readonly isOpened?: boolean;
}

export interface TriedSample {
  readonly folder: string;
  readonly interpreter: string;
}

/** Two apps with Celery, Django and SQLAlchemy, as installed on Linux. */
const environmentMegabytes = 140;

/**
 * Writes the sample project into a folder that the user names, makes its virtual environment, and opens it. The folder dialog is the only
 * question and says what will happen. Null when the user cancelled; then, and when anything fails, nothing is left.
 */
export async function trySample(deps: TrySampleDeps, argument: unknown): Promise<TriedSample | null> {
  const given = readArgument(argument);
  const uri = given?.destination ?? (await askForFolder());
  if (uri === null) return null;
  if (uri.scheme !== 'file') {
    throw new UserError('usage', 'The sample project can only be written to a folder on disk', {
      hint: 'Choose another folder.',
    });
  }
  const destination = given === null ? await sampleDestination(uri.fsPath) : uri.fsPath;
  const tried = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Sample project', cancellable: true },
    (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return makeSample(deps, destination, {
        signal: controller.signal,
        say: (message) => progress.report({ message }),
      });
    },
  );
  if (tried !== null && given?.isOpened !== false) await openFolder(tried.folder);
  return tried;
}

interface Making {
  readonly signal: AbortSignal;
  readonly say: (message: string) => void;
}

async function makeSample(
  { distFolder, logs }: TrySampleDeps,
  destination: string,
  { signal, say }: Making,
): Promise<TriedSample | null> {
  const python = await findPython({
    asked: askedPython(),
    folder: destination,
    root: destination,
    environment: process.env,
  });
  say('writing its files');
  const written = await writeSample(path.join(distFolder, 'sample'), destination);
  logs.own.info(`Sample project: ${written.files.length} files written to ${written.folder}`);
  try {
    say(`making a virtual environment with Python ${python.version}`);
    const interpreter = await makeSampleEnvironment(written.folder, {
      python: python.path,
      signal,
      onLine: (line) => {
        logs.own.info(`pip: ${line}`);
        const message = describePipLine(line);
        if (message !== null) say(message);
      },
    });
    return { folder: written.folder, interpreter };
  } catch (error) {
    await removeSample(written);
    if (!signal.aborted) throw error;
    logs.own.info('Sample project: cancelled, and removed again');
    return null;
  }
}

async function askForFolder(): Promise<vscode.Uri | null> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    title: `Folder for the sample project: its files and a .venv of about ${environmentMegabytes} MB (pip) are written there, into a new folder if it is not empty`,
    openLabel: 'Write Sample Here',
  });
  return chosen?.[0] ?? null;
}

/** The interpreter of the setting; a virtual environment made from it stands on its own. */
function askedPython(): { readonly path: string; readonly origin: string } | null {
  const written = readSettings().pythonPath;
  if (written === '') return null;
  const home = homedir();
  const workspaceFolder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? home;
  return { path: expandProgram(written, { workspaceFolder, home }), origin: settingNames.pythonPath };
}

async function openFolder(folder: string): Promise<void> {
  const hasFolder = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(folder), { forceNewWindow: hasFolder });
}

function readArgument(argument: unknown): TrySampleArgument | null {
  if (typeof argument !== 'object' || argument === null) return null;
  const destination: unknown = Reflect.get(argument, 'destination');
  if (!(destination instanceof vscode.Uri)) return null;
  return { destination, isOpened: Reflect.get(argument, 'isOpened') !== false };
}
