import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

/** What `commandsInside` saw. */
export interface SeenInside {
  readonly isTrusted: boolean;
  /** Once VS Code had started all that starts by itself, and before anything of ours was used. */
  readonly wasActive: boolean;
  /** Contributed commands that nobody has registered after the first of them was called. */
  readonly unregistered: readonly string[];
  /** How each call ended, by command. */
  readonly outcomes: Readonly<Record<string, string>>;
  /** What the workspace's settings get through. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const extensionId = 'insights-comparison.insights-comparison';
/** Part of every VS Code, and started last. */
const lastToStart = 'vscode.merge-conflict';
const patienceMs = 30_000;
const lookMs = 200;

/** Inside the extension host: calls every command with nothing to act on, and those that start a run with all that they could wish for. */
export async function run(): Promise<SeenInside> {
  await until(() => vscode.extensions.getExtension(lastToStart)?.isActive === true);
  const extension = vscode.extensions.getExtension<unknown>(extensionId);
  if (extension === undefined) throw new Error('The extension is not installed.');
  const wasActive = extension.isActive;
  const commands = commandsOf(extension.packageJSON);
  const outcomes: Record<string, string> = {};
  for (const command of commands) outcomes[command] = await call(command);
  for (const [command, argument] of await temptations())
    outcomes[`${command}, tempted`] = await call(command, argument);
  const registered = await vscode.commands.getCommands(true);
  const settings = vscode.workspace.getConfiguration('insightsComparison');
  return {
    isTrusted: vscode.workspace.isTrusted,
    wasActive,
    unregistered: commands.filter((command) => !registered.includes(command)),
    outcomes,
    settings: {
      startCommand: settings.get('app.startCommand'),
      healthUrl: settings.get('app.healthUrl'),
      pythonPath: settings.get('pythonPath'),
    },
  };
}

/** `resolved`, whatever the extension had to say or to ask meanwhile; the user in here wants none of it. */
async function call(command: string, argument?: unknown): Promise<string> {
  let outcome: string | null = null;
  void vscode.commands.executeCommand(command, argument).then(
    () => (outcome = 'resolved'),
    (error: unknown) => (outcome = `threw ${String(error)}`),
  );
  await until(async () => {
    if (outcome !== null) return true;
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    return false;
  });
  return outcome ?? 'hangs';
}

/** What a row of a tree or a page hands over, of the folder that is open and its newest run; none where there is no run. */
async function temptations(): Promise<readonly (readonly [string, unknown])[]> {
  const [record] = await vscode.workspace.findFiles('.insights-comparison/runs/*/comparison.insights.json', null, 1);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (record === undefined || folder === undefined) return [];
  return [
    ['insightsComparison.runAgain', record.fsPath],
    ['insightsComparison.runScenario', { folder, target: 'tiny', scenario: 'quick' }],
  ];
}

function commandsOf(manifest: unknown): readonly string[] {
  const contributes: unknown = propertyOf(manifest, 'contributes');
  const commands: unknown = propertyOf(contributes, 'commands');
  if (!Array.isArray(commands)) throw new Error('The manifest has no commands.');
  return commands.map((each: unknown) => String(propertyOf(each, 'command')));
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Gives up quietly: the caller tells what it found. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = Date.now() + patienceMs;
  while (!(await isTrue()) && Date.now() < deadlineMs) await wait(lookMs);
}
