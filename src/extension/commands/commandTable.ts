import * as vscode from 'vscode';
import type { Services } from '../services';
import { showError } from '../showError';
import { commandNames, type CommandName } from './commandNames';
import type * as HistoryCommands from './historyCommands';
import type * as RecordCommands from './recordCommands';
import type * as RunCommands from './runCommands';
import type * as TerminalCommands from './terminalCommands';

/**
 * `argument` is what a menu or a page hands over: a tree row, a record's path, a folder; undefined from the palette. `selected`: all rows, where
 * several were selected.
 */
type Handler = (services: Services, argument: unknown, selected: readonly unknown[]) => unknown;

/** Loaded when they are first used: planning a run, reading records and writing reports are most of the extension's code. */
const runCommands = async (): Promise<typeof RunCommands> => import('./runCommands');
const terminalCommands = async (): Promise<typeof TerminalCommands> => import('./terminalCommands');
const historyCommands = async (): Promise<typeof HistoryCommands> => import('./historyCommands');
const recordCommands = async (): Promise<typeof RecordCommands> => import('./recordCommands');

const handlers: Readonly<Record<CommandName, Handler>> = {
  run: async (services) => (await runCommands()).run(services),
  rerunLast: async (services) => (await runCommands()).rerunLast(services),
  runAgain: async (services, argument) => (await runCommands()).runAgain(services, argument),
  runScenario: async (services, argument) => (await runCommands()).runScenario(services, argument),
  compareWithCommit: async (services) => (await runCommands()).compareWithCommit(services),
  checkMachine: async (services) => (await runCommands()).checkMachine(services),
  doctor: async (services) => (await terminalCommands()).doctor(services),
  createProjectFile: async (services) => (await terminalCommands()).createProjectFile(services),
  createVariantEnv: async () => (await import('./variantEnv')).createVariantEnv(),
  monitor: async (services) => (await terminalCommands()).monitor(services),
  stop: ({ controller }) => {
    controller.stop();
  },
  forceStop: ({ controller }) => {
    controller.force();
  },
  openResult: async (services, argument) => (await runCommands()).openResult(services, argument),
  exportReport: async (services, argument) => (await recordCommands()).exportReport(services, argument),
  copyMarkdown: async (services, argument) => (await recordCommands()).copyMarkdown(services, argument),
  copyCli: async (services, argument) => (await recordCommands()).copyCli(services, argument),
  revealRun: async (services, argument) => (await recordCommands()).revealRun(services, argument),
  pinBaseline: async (services, argument) => (await historyCommands()).pinBaseline(services, argument),
  unpinBaseline: async (services, argument) => (await historyCommands()).unpinBaseline(services, argument),
  renameRun: async (services, argument) => (await historyCommands()).renameRun(services, argument),
  editNote: async (services, argument) => (await historyCommands()).editNote(services, argument),
  compareRuns: async (services, argument, selected) =>
    (await historyCommands()).compareRuns(services, argument, selected),
  selectForCompare: async (services, argument) => (await historyCommands()).selectForCompare(services, argument),
  compareWithSelected: async (services, argument) => (await historyCommands()).compareWithSelected(services, argument),
  filterRuns: async (services) => (await import('./viewCommands')).filterRuns(services),
  clearRunFilter: ({ runsView }) => {
    runsView.setFilter('');
  },
  groupRuns: async (services) => (await import('./viewCommands')).chooseGrouping(services),
  deleteRun: async (services, argument, selected) =>
    (await import('./deleteRuns')).deleteRuns(services, argument, selected),
  openEndpoint: async (services, argument) => (await recordCommands()).openEndpoint(services, argument),
  clearCodeMarks: async ({ lenses }) => lenses.clear(),
  freezeCharts: async (services) => (await import('./viewCommands')).freezeCharts(services),
  refreshRuns: ({ library }) => library.refresh(),
  trySample: async (services, argument) => (await import('./sampleCommand')).trySampleProject(services, argument),
  openWalkthrough: ({ context }) =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
  showLog: ({ logs }) => {
    logs.own.show();
  },
};

/** Registers every command. Whatever one throws is shown in one place. */
export function registerCommands(services: Services): vscode.Disposable {
  const registered = commandNames.map((name) =>
    vscode.commands.registerCommand(`insightsComparison.${name}`, async (argument: unknown, selected: unknown) => {
      try {
        await handlers[name](services, argument, Array.isArray(selected) ? selected : []);
      } catch (error) {
        void showError(error, services.logs);
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
