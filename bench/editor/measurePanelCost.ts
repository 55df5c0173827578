import { setTimeout as wait } from 'node:timers/promises';
import type { TestProject } from '../../test/e2e/commandLine';
import type { VsCodeWindow } from '../../test/vscode/openWindow';
import { startVsCode, type VsCode } from '../../test/vscode/startVsCode';
import type { BenchScenario } from './benchProject';
import type { Figure } from './figures';
import { cpuShares, readEditorCpu, type CpuShares } from './processCpu';

const limitPercent = 3;
const scenario: BenchScenario = 'watch';
/** For the next trial to begin. */
const trialMs = 180_000;
const settleMs = 3_000;
const lookMs = 9_000;

interface Look {
  readonly isVisible: boolean;
  readonly shares: CpuShares;
}

/**
 * What the live panel costs while samples come each second: processor time with the panel to be seen, minus the same with it closed, in
 * the same trials of the same run, once in this order and once in the other.
 */
export async function measurePanelCost(vsix: string, project: TestProject): Promise<readonly Figure[]> {
  const vsCode = await startVsCode({
    version: 'new',
    vsix,
    folder: project.folder,
    settings: { 'insightsComparison.scenario': scenario },
    env: { XDG_CACHE_HOME: project.cache },
  });
  try {
    const window = await vsCode.openWindow();
    await window.openContainer('Insights comparison');
    // Offered once the extension has looked for an app; where one has run before, its runs are listed instead.
    const offer = window.page.getByRole('button', { name: 'Run Insights comparison' });
    await offer
      .or(window.treeRow(/(?:now|ago) · tiny/))
      .first()
      .waitFor();
    await wait(settleMs);
    const idle = await sharesOf(vsCode, window);
    await startRun(window);
    // The second trial, so that there are lines of both variants.
    await window.statusBarItem(/Insights 2\//).waitFor({ timeout: trialMs });
    const first = [await lookAt(vsCode, window, true), await lookAt(vsCode, window, false)];
    await window.statusBarItem(/Insights 3\//).waitFor({ timeout: trialMs });
    const second = [await lookAt(vsCode, window, false), await lookAt(vsCode, window, true)];
    return figuresOf([...first, ...second], idle);
  } finally {
    await vsCode.close();
  }
}

async function startRun(window: VsCodeWindow): Promise<void> {
  await window.runCommand('Run Insights comparison');
  await window.quickInput.row(/\bRun: tiny/).waitFor();
  await window.quickInput.accept();
}

async function lookAt(vsCode: VsCode, window: VsCodeWindow, isVisible: boolean): Promise<Look> {
  if (isVisible) {
    await window.runCommand('Show the Latest Result');
    await window
      .webview()
      .getByText(/Measuring/)
      .first()
      .waitFor();
  } else {
    await window.runCommand('View: Close All Editors');
    await window.page.locator('iframe.webview').waitFor({ state: 'detached' });
    await window.treeRow(/· measuring/).waitFor({ timeout: trialMs });
  }
  await wait(settleMs);
  return { isVisible, shares: await sharesOf(vsCode, window) };
}

async function sharesOf(vsCode: VsCode, window: VsCodeWindow): Promise<CpuShares> {
  const browser = window.page.context().browser();
  if (browser === null) throw new Error('The window belongs to no browser.');
  const hosts = await vsCode.extensionHosts();
  const from = await readEditorCpu(browser, hosts);
  await wait(lookMs);
  return cpuShares(from, await readEditorCpu(browser, hosts));
}

function figuresOf(looks: readonly Look[], idle: CpuShares): readonly Figure[] {
  const percent = (isVisible: boolean, of: keyof CpuShares): number => {
    const shares = looks.filter((look) => look.isVisible === isVisible).map(({ shares }) => shares[of]);
    return (100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length;
  };
  const cost = (of: keyof CpuShares): number => percent(true, of) - percent(false, of);
  const each = (of: keyof CpuShares): string => {
    const texts = looks.map(
      ({ isVisible, shares }) => `${isVisible ? 'seen' : 'closed'} ${(shares[of] * 100).toFixed(1)}`,
    );
    return `${texts.join(', ')}, before the run ${(idle[of] * 100).toFixed(1)}`;
  };
  const shown = (name: string, value: number, note: string): Figure => ({ name, value, unit: '%', limit: null, note });
  return [
    {
      ...shown('panel: renderer and extension host', cost('renderers') + cost('extensionHosts'), 'sum of the next two'),
      limit: limitPercent,
    },
    shown('panel: renderer', cost('renderers'), `processes with pages, seen minus closed: ${each('renderers')}`),
    shown('panel: extension host', cost('extensionHosts'), `seen minus closed: ${each('extensionHosts')}`),
    shown('panel: all of the browser', cost('browser'), `drawing in software is in it: ${each('browser')}`),
    shown(
      'run: extension host, panel closed',
      percent(false, 'extensionHosts') - idle.extensionHosts * 100,
      'minus before the run',
    ),
  ];
}
