import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Of one stretch of time in the extension host. */
export interface LoopDelay {
  readonly seconds: number;
  /** Of the intervals between two looks that should be `resolutionMs` apart. */
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Share of the time in which the loop was at work. */
  readonly utilisation: number;
}

export interface LoopDelays {
  readonly idle: LoopDelay;
  readonly run: LoopDelay;
}

const resolutionMs = 5;
const settleSeconds = 5;
const idleSeconds = 15;
let hadPanel = false;

/** Runs in the extension host beside the extension: its idle loop, then the same loop during a run with its panel open. */
export async function run(): Promise<LoopDelays> {
  const extension = vscode.extensions.getExtension('insights-comparison.insights-comparison');
  if (extension === undefined) throw new Error('The extension is not installed.');
  await extension.activate();
  await wait(settleSeconds * 1000);
  const idle = await observe(async () => wait(idleSeconds * 1000));
  const during = await observe(runGlance);
  if (!hadPanel) throw new Error('The run ended without its panel.');
  return { idle, run: during };
}

/** As the play button of the scenario's row does it, which asks nothing; resolves at the end of the run. */
async function runGlance(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const tabs = vscode.window.tabGroups.onDidChangeTabs(() => (hadPanel ||= isPanelOpen()));
  await vscode.commands.executeCommand('insightsComparison.runScenario', {
    folder,
    target: 'tiny',
    scenario: 'glance',
  });
  tabs.dispose();
}

async function observe(during: () => PromiseLike<unknown>): Promise<LoopDelay> {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  const before = performance.eventLoopUtilization();
  const startMs = performance.now();
  delays.enable();
  await during();
  delays.disable();
  return {
    seconds: (performance.now() - startMs) / 1000,
    p99Ms: delays.percentile(99) / 1e6,
    maxMs: delays.max / 1e6,
    utilisation: performance.eventLoopUtilization(before).utilization,
  };
}

function isPanelOpen(): boolean {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('insightsComparison.panel'),
    );
}
