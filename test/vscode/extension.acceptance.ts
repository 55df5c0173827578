import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecord } from '../../src/core/history/readRecord';
import { copyTinyProject, testPython, type TestProject } from '../e2e/commandLine';
import type { VsCodeWindow } from './openWindow';
import { startVsCode, type VsCode } from './startVsCode';
import { skipNote, vsCodeVersions, whyNoVsCode } from './vsCodeFolder';

const timeoutMs = 180_000;

/**
 * Not collected by `npm test` under this name: it takes three minutes for each VS Code.
 * The packaged extension, as users install it, on a small real Flask app. The scenario of the project file takes seconds.
 */
describe.skipIf(whyNoVsCode).each(vsCodeVersions)(`the extension in the %s VS Code${skipNote}`, (version) => {
  let project: TestProject;
  let packed = '';
  let vsCode: VsCode;
  let window: VsCodeWindow;

  beforeAll(async () => {
    packed = await mkdtemp(path.join(tmpdir(), 'ic-vsix-'));
    const vsix = path.join(packed, 'extension.vsix');
    await execa(process.execPath, ['scripts/package.mjs', '--no-build', '--out', vsix]);
    project = await copyTinyProject();
    await symlink(path.dirname(path.dirname(testPython())), path.join(project.folder, '.venv'));
    vsCode = await startVsCode({
      version,
      folder: project.folder,
      vsix,
      settings: { 'insightsComparison.scenario': 'short' },
      env: { XDG_CACHE_HOME: project.cache },
    });
    window = await vsCode.openWindow();
  }, timeoutMs);
  afterAll(async () => {
    await vsCode.close();
    await project.remove();
    await rm(packed, { recursive: true, force: true });
  }, timeoutMs);

  const runFolders = async (): Promise<string[]> => {
    const runs = path.join(project.folder, '.insights-comparison', 'runs');
    const names = await readdir(runs).catch(() => []);
    return names.sort().map((name) => path.join(runs, name));
  };
  const startRun = async (): Promise<void> => {
    await window.runCommand('Run Insights comparison');
    // The row's icon is read out before its label.
    await window.quickInput.row(/\bRun: tiny \(Flask/).waitFor();
    await window.quickInput.accept();
  };

  test('goes from the palette to a verdict with one Enter, and the charts move', { timeout: timeoutMs }, async () => {
    await window.openContainer('Insights comparison');
    await startRun();
    const page = window.webview();
    await page
      .getByText(/Measuring/)
      .first()
      .waitFor();
    // No verdict before the plan has ended.
    expect(await page.locator('body').innerText()).not.toMatch(/dearer|cheaper|slower|faster|inconclusive/);
    const charts = page.locator('canvas');
    expect(await charts.count()).toBeGreaterThanOrEqual(5);
    await page.getByRole('button', { name: 'Copy Markdown' }).waitFor();
    await page
      .getByText(/A first look|CPU per request/)
      .first()
      .waitFor();
    const [folder = ''] = await runFolders();
    expect((await readRecord(folder)).record.status).toBe('complete');
    expect(window.foreignRequests).toEqual([]);
  });

  test('lists the run and opens its record from the tree', { timeout: timeoutMs }, async () => {
    // Not the row of the run that is on: it says how long ago.
    const row = window.treeRow(/(?:now|ago) · tiny · short/);
    await row.waitFor();
    await row.click();
    await window.tab(/comparison\.insights\.json/).waitFor();
    await window.webview().getByRole('button', { name: 'Run again' }).waitFor();
  });

  test('stops a run from its page, and keeps what had ended', { timeout: timeoutMs }, async () => {
    const before = await runFolders();
    await startRun();
    const stop = window.page
      .locator('iframe.webview.ready:visible')
      .last()
      .contentFrame()
      .frameLocator('iframe#active-frame');
    await stop
      .getByText(/Measuring/)
      .first()
      .waitFor();
    await stop.getByRole('button', { name: 'Stop', exact: true }).click();
    await stop.getByRole('button', { name: 'Run again' }).first().waitFor();
    await expect.poll(async () => (await runFolders()).length, { timeout: 20_000 }).toBe(before.length + 1);
    expect(await processesOfRuns(vsCode)).toEqual([]);
  });

  test(
    'goes on while its panel is closed, and shows where it is when that is opened again',
    { timeout: timeoutMs },
    async () => {
      const before = await runFolders();
      await startRun();
      await window.statusBarItem(/Insights 1\/4/).waitFor();
      await window.runCommand('View: Close All Editors');
      await window.page.locator('iframe.webview').waitFor({ state: 'detached' });
      await window.statusBarItem(/Insights 2\/4/).waitFor();
      await window.runCommand('Show the Latest Result');
      const page = window.webview();
      await page.getByText(/[1-3] of 4 trials\s+done/).waitFor();
      await page.getByRole('button', { name: 'Copy Markdown' }).waitFor();
      const added = (await runFolders()).filter((folder) => !before.includes(folder));
      expect(added).toHaveLength(1);
      const { record } = await readRecord(added[0] ?? '');
      // All of the plan, as without a disturbance: one block of two variants, and their capacity.
      const first = [record.trials, record.capacity].map((trials) => trials.filter(({ attempt }) => !attempt).length);
      expect([record.status, ...first]).toEqual(['complete', 2, 2]);
    },
  );

  test('ends with a reload of the window, which then offers what was kept', { timeout: timeoutMs }, async () => {
    const before = await runFolders();
    await startRun();
    await window.statusBarItem(/Insights 2\/4/).waitFor();
    await window.reload();
    await expect.poll(async () => processesOfRuns(vsCode), { timeout: 5_000 }).toEqual([]);
    const page = window.webview();
    await page.getByText('Kept: 1 of 4 trials').waitFor();
    await page.getByRole('button', { name: 'Run again' }).waitFor();
    const added = (await runFolders()).filter((folder) => !before.includes(folder));
    expect(added).toHaveLength(1);
    const { record } = await readRecord(added[0] ?? '');
    expect([record.status, record.trials.length + record.capacity.length]).toEqual(['partial', 1]);
  });

  test('a killed extension host leaves no process of a run', { timeout: timeoutMs }, async () => {
    await startRun();
    await window.statusBarItem(/Insights \d+\/\d+/).waitFor();
    expect(await processesOfRuns(vsCode)).not.toEqual([]);
    for (const pid of await vsCode.extensionHosts()) process.kill(pid, 'SIGKILL');
    await expect.poll(async () => processesOfRuns(vsCode), { timeout: 5_000 }).toEqual([]);
  });

  test('runs nothing in a folder that is not trusted', { timeout: timeoutMs }, async () => {
    await vsCode.changeSettings({ 'security.workspace.trust.enabled': true });
    const restricted = await vsCode.openWindow();
    const before = await runFolders();
    await restricted.runCommand('Run Insights comparison');
    await restricted.notification(/trust/i).waitFor();
    expect(await runFolders()).toEqual(before);
    await restricted.close();
  });
});

/** Command lines of what a run is made of and still lives, of this VS Code: the engine, its helpers, the app. */
async function processesOfRuns(vsCode: VsCode): Promise<readonly string[]> {
  return (await vsCode.processes())
    .map(({ command }) => command)
    .filter((command) => /\/(?:cli|generator|collector|guard)\.js\b|gunicorn/.test(command));
}
