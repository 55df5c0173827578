import * as vscode from 'vscode';
import { withoutSecrets } from '../../shared/repeatableRequest';
import { runRequestSchema, type RunRequest } from '../../shared/runRequest';
import { UserError } from '../../shared/userError';
import { chooseFolder } from '../chooseFolder';
import { askWhatToRun } from '../run/askWhatToRun';
import { chooseCommit } from '../run/chooseCommit';
import { chooseInterpreter } from '../run/chooseInterpreter';
import { confirmHost } from '../run/confirmHost';
import { requestToRepeat } from '../run/requestToRepeat';
import type { Services } from '../services';
import { requireTrust } from '../trust';
import { keepNewestRuns } from './keepNewestRuns';
import { openRecord } from '../record/openRecord';
import { runOfArgument } from './runOfArgument';
import { trySampleProject } from './sampleCommand';

const lastRequestKey = 'insightsComparison.lastRequest';

/** **Run Insights comparison**: at most two questions, then the run beside the code. */
export async function run(services: Services): Promise<void> {
  await askAndStart(services, { purpose: 'comparison' });
}

/** The baseline against itself: what this machine calls a difference when there is none. */
export async function checkMachine(services: Services): Promise<void> {
  await askAndStart(services, { purpose: 'aa', preset: { scenario: 'quick' } });
}

/** **Compare with a Commit**: the code of a commit against the files as they are now, under one environment. */
export async function compareWithCommit(services: Services): Promise<void> {
  requireTrust();
  if (services.controller.current !== null) return showRunThatIsOn(services);
  const folder = await chooseFolder();
  if (!folder) return;
  const base = await chooseCommit(folder.uri.fsPath);
  if (base === undefined || base === '') return;
  await askAndStart(services, { purpose: 'comparison', preset: { folder: folder.uri.fsPath, base } });
}

/** A scenario row of the tree. */
export async function runScenario(services: Services, row: unknown): Promise<void> {
  await askAndStart(services, { purpose: 'comparison', preset: presetOf(row) });
}

/** The last comparison that was asked for in this workspace, with new random choices. */
export async function rerunLast(services: Services): Promise<void> {
  requireTrust();
  const kept = runRequestSchema.safeParse(services.context.workspaceState.get(lastRequestKey));
  if (kept.success) return start(services, kept.data);
  const again = 'Run Insights comparison';
  const chosen = await vscode.window.showInformationMessage('Nothing has been run in this workspace yet.', again);
  if (chosen === again) await run(services);
}

/** The comparison of a record, from its page or its row, with new random choices. */
export async function runAgain(services: Services, argument: unknown): Promise<void> {
  requireTrust();
  const past = await runOfArgument(services, argument, 'Run which comparison again?');
  if (past === null) return;
  const request = await requestToRepeat(past.recordPath, past.workspaceFolder.uri.fsPath);
  const python = await chooseInterpreter({
    workspaceFolder: past.workspaceFolder.uri.fsPath,
    appFolder: request.folder,
    root: request.folder,
    log: services.logs.own,
  });
  await start(services, python === undefined ? request : { ...request, python });
}

/** The panel of this window's run; without one, the newest record. */
export async function openResult(services: Services, argument: unknown): Promise<void> {
  const { latest } = services.controller;
  if (argument === undefined && latest !== null) {
    services.panels.reveal(latest.request.folder);
    return;
  }
  const past = await runOfArgument(services, argument ?? services.library.runs[0], 'Open which result?');
  if (past !== null) await openRecord(past.recordPath);
}

interface Asked {
  readonly purpose: RunRequest['purpose'];
  readonly preset?: Partial<ScenarioPreset> & { readonly base?: string };
}

async function askAndStart(services: Services, asked: Asked): Promise<void> {
  requireTrust();
  if (services.controller.current !== null) return showRunThatIsOn(services);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) return offerSample(services, 'Open the folder of a Django or Flask app first.');
  const request = await askWhatToRun({
    folders,
    workspaceState: services.context.workspaceState,
    log: services.logs.own,
    ...asked,
  });
  if (request === 'cancelled') return;
  if (request === 'no-app') {
    return offerSample(
      services,
      'No Django or Flask app was found here: open its folder, or describe it in insights-comparison.jsonc.',
    );
  }
  await start(services, request);
}

async function start(services: Services, request: RunRequest): Promise<void> {
  if (services.controller.current !== null) return showRunThatIsOn(services);
  if (request.acceptedHost !== undefined && !(await confirmHost(request.acceptedHost))) return;
  await keepLast(services, request);
  const ended = services.controller.start(request);
  services.panels.reveal(request.folder);
  await ended;
  // Not left to the file watcher: it may be slow, or blind to folders that are new.
  await services.library.refresh();
  await keepNewestRuns(services, request);
}

/** For `rerunLast`: without secret values, which are nobody's business in the editor's state. */
async function keepLast({ context, logs }: Services, request: RunRequest): Promise<void> {
  const kept = withoutSecrets(request);
  await context.workspaceState.update(lastRequestKey, kept);
  const left = request.environment.filter((entry) => !kept.environment.includes(entry)).map(({ key }) => key);
  if (left.length > 0)
    logs.own.info(`Not kept for running it again, because of the name: ${[...new Set(left)].join(', ')}`);
}

async function showRunThatIsOn(services: Services): Promise<void> {
  const show = 'Show It';
  const chosen = await vscode.window.showWarningMessage(
    'A comparison is on already: two at a time would measure each other.',
    show,
  );
  if (chosen === show && services.controller.current !== null) {
    services.panels.reveal(services.controller.current.request.folder);
  }
}

async function offerSample(services: Services, why: string): Promise<void> {
  const trySample = 'Try the Sample Project';
  if ((await vscode.window.showInformationMessage(why, trySample)) === trySample)
    await trySampleProject(services, undefined);
}

/** What a scenario's row holds beside its look. */
interface ScenarioPreset {
  readonly folder: string;
  readonly target: string;
  readonly scenario: string;
}

function presetOf(row: unknown): ScenarioPreset {
  if (isScenarioPreset(row)) return { folder: row.folder, target: row.target, scenario: row.scenario };
  throw new UserError('usage', 'Choose a scenario in the view Scenarios & environments', {
    hint: 'Or use Run Insights comparison.',
  });
}

function isScenarioPreset(row: unknown): row is ScenarioPreset {
  const names = ['folder', 'target', 'scenario'];
  return typeof row === 'object' && row !== null && names.every((name) => typeof Reflect.get(row, name) === 'string');
}
