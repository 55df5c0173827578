import * as vscode from 'vscode';
import type { Services } from '../services';
import { showError } from '../showError';
import { commandNames, type CommandName } from './commandNames';
import { copyCli, copyMarkdown, deleteRun, exportReport, revealRun } from './recordCommands';
import { checkMachine, openResult, rerunLast, run, runAgain, runScenario } from './runCommands';
import { trySampleProject } from './sampleCommand';

/** `argument` is what a menu or a page hands over: a tree row, a record's path, a folder; undefined from the palette. */
type Handler = (services: Services, argument: unknown) => unknown;

const handlers: Readonly<Record<CommandName, Handler>> = {
  run,
  rerunLast,
  runAgain,
  runScenario,
  checkMachine,
  stop: ({ controller }) => {
    controller.stop();
  },
  forceStop: ({ controller }) => {
    controller.force();
  },
  openResult,
  exportReport,
  copyMarkdown,
  copyCli,
  revealRun,
  deleteRun,
  refreshRuns: ({ library }) => library.refresh(),
  trySample: trySampleProject,
  openWalkthrough: ({ context }) =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
  showLog: ({ logs }) => {
    logs.own.show();
  },
};

/** Registers every command. Whatever one throws is shown in one place. */
export function registerCommands(services: Services): vscode.Disposable {
  const registered = commandNames.map((name) =>
    vscode.commands.registerCommand(`insightsComparison.${name}`, async (argument: unknown) => {
      try {
        await handlers[name](services, argument);
      } catch (error) {
        void showError(error, services.logs);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
