import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecord } from '../../src/core/history/readRecord';
import { chartsMove, isUnharmed, showsTrial } from './livePage';
import type { VsCodeWindow } from './openWindow';
import { runKind } from './runKind';
import { hostileName, startTinyInVsCode, startTinyRun, type TinyInVsCode } from './tinyInVsCode';
import { skipNote, vsCodeVersions, whyNoVsCode } from './vsCodeFolder';

const timeoutMs = 180_000;
/** A page that a press makes anew is drawn by then, on a busy machine too. */
const pageTakesMs = 10_000;

describe.skipIf(whyNoVsCode).each(vsCodeVersions)(`the extension in the %s VS Code${skipNote}`, (version) => {
  let tiny: TinyInVsCode;
  let window: VsCodeWindow;

  beforeAll(async () => {
    tiny = await startTinyInVsCode(version);
    window = await tiny.vsCode.openWindow();
  }, timeoutMs);
  afterAll(async () => {
    await tiny.close();
  }, timeoutMs);

  test('goes from the palette to a verdict with one Enter, and the charts move', { timeout: timeoutMs }, async () => {
    await window.openContainer('Insights comparison');
    await startTinyRun(window);
    const page = window.webview();
    await page.getByText('Measuring').first().waitFor();
    // No verdict before the plan has ended.
    expect(await page.locator('body').innerText()).not.toMatch(/dearer|cheaper|slower|faster|inconclusive/);
    await chartsMove(page);
    // A disturbed block is repeated: on a busy machine the run is longer than a window's usual patience.
    await page.getByRole('button', { name: 'Copy Markdown' }).waitFor({ timeout: 150_000 });
    await page
      .getByText(/A first look|CPU per request/)
      .first()
      .waitFor();
    const [folder = ''] = await tiny.runFolders();
    const { record } = await readRecord(folder);
    // A disturbed block may have been repeated: its first attempt is the whole plan.
    const first = [record.trials, record.capacity].map((trials) => trials.filter(({ attempt }) => !attempt).length);
    expect([record.status, ...first]).toEqual(['complete', 2, 2]);
    expect(window.foreignRequests).toEqual([]);
  });

  test('shows an endpoint by a name that is markup, to the letter', { timeout: timeoutMs }, async () => {
    const page = window.webview();
    await page.getByRole('tab', { name: 'Endpoints' }).click();
    await page.locator('#endpoints').getByText(hostileName).first().waitFor();
    expect(await isUnharmed(page)).toBe(true);
  });

  test('lists the run and opens its record from the tree', { timeout: timeoutMs }, async () => {
    // Not the row of the run that is on: it says how long ago.
    const row = window.treeRow(/(?:now|ago) · tiny · quick/);
    await row.waitFor();
    await row.click();
    await window.tab(/comparison\.insights\.json/).waitFor();
    await window.webview().getByRole('button', { name: 'Run again' }).waitFor();
  });

  test('exports the record that is open to a file', { timeout: timeoutMs }, async () => {
    await window.runCommand('Export Report…', /^Markdown/);
    // The browser's window has a file dialog of its own: its box holds the proposed path.
    const proposed = path.join(tiny.project.folder, 'insights-tiny-quick-');
    await expect.poll(async () => window.quickInput.input.inputValue()).toContain(proposed);
    const file = await window.quickInput.input.inputValue();
    await window.quickInput.accept();
    await window.statusBarItem(path.basename(file)).waitFor();
    expect(await readFile(file, 'utf8')).toContain('tiny');
  });

  test('makes a variant of an env file, and writes over none', { timeout: timeoutMs }, async () => {
    await window.runCommand('Create a Variant of an Env File…', /^An empty one/);
    const file = path.join(tiny.project.folder, '.env.with_insights');
    await expect.poll(async () => window.quickInput.input.inputValue()).toBe(file);
    await window.quickInput.accept();
    await window.tab(/^\.env\.with_insights/).waitFor();
    expect(await readFile(file, 'utf8')).toBe('HONEYBADGER_INSIGHTS_ENABLED=true\n');
    await rm(file);
    await window.runCommand('View: Close All Editors');
  });

  test('shows over the code what the run says of it, and leads to the endpoint', { timeout: timeoutMs }, async () => {
    const lens = window.page.locator('.codelens-decoration').getByText(/with_insights: mean .* ms · p95 .* requests/);
    const openApp = async (): Promise<void> => {
      await window.openContainer('Explorer');
      await window.openFile('app.py');
      // Its views stand at its end, which is out of sight.
      await window.page.locator('.part.editor .monaco-editor .view-lines').first().click();
      await window.page.keyboard.press('Control+End');
    };
    await openApp();
    await expect.poll(async () => lens.count(), { timeout: 30_000 }).toBe(2);
    await window.reload();
    await openApp();
    let pressedAtMs = -Infinity;
    const press = async (): Promise<void> => {
      pressedAtMs = performance.now();
      await lens
        .first()
        .click({ timeout: 2_000 })
        .catch(() => undefined);
    };
    // The panel of the run may stand beside it: either may be the last that was made.
    const sought = async (): Promise<readonly string[]> => {
      // Lenses are drawn anew when the runs have been read: a press may meet one that is just going. But each makes the page anew too.
      if (performance.now() - pressedAtMs > pageTakesMs && (await lens.first().isVisible())) await press();
      const pages = [window.webview(0), window.webview(-1)];
      return (await Promise.all(pages.map(async (page) => page.locator('tr.sought').allInnerTexts()))).flat();
    };
    await expect.poll(async () => (await sought()).join(), { timeout: 60_000 }).toContain(hostileName);
    await window.tab(/^app\.py/).click();
    await lens.first().waitFor();
    await window.runCommand('Clear Code Marks');
    await lens.first().waitFor({ state: 'detached' });
  });

  test(
    'makes the same record while its panel is covered, moved, reloaded, closed and opened again',
    { timeout: timeoutMs },
    async () => {
      const [undisturbed = ''] = await tiny.runFolders();
      await window.runCommand('View: Close All Editors');
      await startTinyRun(window);
      const page = window.webview(-1);
      await showsTrial(page);
      // However long the disturbances take: the first trial's app does not exit before they are over.
      await writeFile(tiny.exitHold, '');

      const panel = window.tab(/^Insights: tiny/);
      const cover = async (): Promise<void> => {
        await panel.click();
        await window.runCommand('New Untitled Text File');
        await window.page.getByRole('tab', { name: /^Untitled/, selected: true }).waitFor();
        await window.page.locator('iframe.webview:visible').waitFor({ state: 'detached' });
      };
      await cover();
      await panel.click();
      await showsTrial(page);

      await window.runCommand('View: Move Editor into Next Group');
      await showsTrial(page);

      await window.runCommand('Developer: Reload Webviews');
      await showsTrial(page);

      await window.runCommand('View: Close All Editors');
      await window.page.locator('iframe.webview').waitFor({ state: 'detached' });
      await window.runCommand('Show the Latest Result');
      await page.getByText(/[0-2] of 4 trials\s+done/).waitFor();
      await rm(tiny.exitHold);
      await chartsMove(page);

      await cover();
      const notice = window.notification(/A first look|CPU per request/);
      await notice.getByRole('button', { name: 'Open Result' }).click();
      await page.getByRole('button', { name: 'Copy Markdown' }).waitFor();
      const disturbed = (await tiny.runFolders()).at(-1) ?? '';
      expect(disturbed).not.toBe(undisturbed);
      expect(await runKind(disturbed)).toEqual(await runKind(undisturbed));
    },
  );

  test('pins a run, and sets it beside another', { timeout: timeoutMs }, async () => {
    await window.openContainer('Insights comparison');
    await window.chooseFromMenuOf(window.treeRow(/(?:now|ago) · tiny · quick/), 'Pin as Baseline');
    const pinned = window.treeRow(/pinned · .*(?:now|ago) · tiny · quick/);
    await pinned.waitFor();
    await window.chooseFromMenuOf(pinned, 'Compare Runs…');
    await window.quickInput.accept();
    await window.tab(/Two runs/).waitFor();
    await window
      .webview(-1)
      .getByText(/Weak evidence|They did not measure/)
      .waitFor();
  });

  test('answers in its tabs what changed since the pinned run, what the app wrote, and where the code is', async () => {
    await window.openContainer('Insights comparison');
    await window.runCommand('View: Close All Editors');
    await window.treeRow(/^(?!.*pinned).*(?:now|ago) · tiny · quick/).click();
    const page = window.webview(-1);
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('heading', { name: /Since the pinned run/ }).waitFor();
    // Runs of one block have no interval, so that there is no trend of them.
    await page.locator('#trend .trend-chart, #trend .empty').first().waitFor();
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.locator('#log .log-lines, #log .empty').waitFor();
    await page.getByRole('tab', { name: 'Endpoints' }).click();
    await page.locator('#endpoints button.link').first().click();
    await window.tab(/^app\.py/).waitFor();
  });

  test('filters and groups the runs, and brings a deleted one back', { timeout: timeoutMs }, async () => {
    await window.openContainer('Insights comparison');
    const rows = window.page.getByRole('treeitem', { name: /(?:now|ago) · tiny · quick/ });
    await rows.first().waitFor();
    const before = await rows.count();
    expect(before).toBeGreaterThan(1);
    await window.runCommand('Filter Runs…');
    await window.quickInput.input.fill('no such run');
    await window.treeRow(/No run has “no such run”/).waitFor();
    await window.quickInput.input.fill('pinned tiny');
    await expect.poll(async () => rows.count()).toBe(1);
    await window.quickInput.accept();
    await window.runCommand('Show All Runs');
    await expect.poll(async () => rows.count()).toBe(before);
    await window.runCommand('Group Runs By…', /By app and scenario/);
    await window
      .treeRow(/tiny · quick/)
      .first()
      .waitFor();
    await window.runCommand('Group Runs By…', /By date/);
    await expect.poll(async () => rows.count()).toBe(before);
    await window.chooseFromMenuOf(rows.last(), 'Delete');
    await expect.poll(async () => rows.count()).toBe(before - 1);
    await window
      .notification(/Deleted/)
      .getByRole('button', { name: 'Undo' })
      .click();
    await expect.poll(async () => rows.count()).toBe(before);
  });

  // The last: the panel that it opens stays where it is, also in a window that is opened anew.
  test('has its command line in a terminal, run by the editor itself', { timeout: timeoutMs }, async () => {
    // Not in the project: its tree would be drawn anew in the middle of the next test.
    const said = path.join(path.dirname(tiny.project.folder), 'said.txt');
    await window.openContainer('Insights comparison');
    await window.runCommand('Terminal: Create New Terminal');
    await window.page.locator('.terminal.xterm .xterm-helper-textarea').first().focus();
    await window.page.keyboard.type('insights-comparison --version > ../said.txt\n');
    await expect
      .poll(async () => readFile(said, 'utf8').catch(() => ''), { timeout: 30_000 })
      .toMatch(/^\d+\.\d+\.\d+/);
    await rm(said);
  });
});
