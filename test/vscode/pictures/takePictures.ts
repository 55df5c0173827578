import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { VsCodeWindow } from '../openWindow';
import { startVsCode } from '../startVsCode';
import { themeNames, themes, type ThemeName } from '../themes';
import { pictureProject, pictureScenario } from './pictureProject';

export interface PictureOptions {
  readonly root: string;
  /** Gets all of them: to be looked at. */
  readonly folder: string;
  /** Gets the two that the README shows: the live panel, dark and light. */
  readonly readmeFolder: string;
  readonly say: (line: string) => void;
}

const size = { width: 1200, height: 860 };
/** Of a window whose panel is about 320 px wide. */
const narrowSize = { width: 700, height: 860 };
const openFile = 'views.py';
/** The fourth block: there are bands by then, and lines of both variants in every chart. */
const shownTrial = 13;
const runMs = 20 * 60_000;

/**
 * A run of the Flask sample by the packaged extension: the live panel beside the code, then the finished record, in each theme, and both
 * as narrow as a panel gets.
 */
export async function takePictures({ root, folder, readmeFolder, say }: PictureOptions): Promise<void> {
  await mkdir(folder, { recursive: true });
  const vsix = path.join(folder, 'extension.vsix');
  execFileSync(process.execPath, ['scripts/package.mjs', '--out', vsix], { cwd: root, stdio: 'ignore' });
  const project = await pictureProject(root);
  const vsCode = await startVsCode({
    version: 'new',
    vsix,
    folder: project.folder,
    settings: {
      'insightsComparison.scenario': pictureScenario,
      'editor.minimap.enabled': false,
      'window.commandCenter': false,
      'breadcrumbs.enabled': false,
      // A window over the network offers each port that something listens on, in a notification.
      'remote.autoForwardPorts': false,
    },
    env: { XDG_CACHE_HOME: project.cache },
  });
  try {
    const window = await vsCode.openWindow();
    const shoot = async (name: string): Promise<void> => {
      await window.page.mouse.move(0, size.height / 2);
      await window.screenshot(path.join(folder, `${name}.png`));
      say(path.join(folder, `${name}.png`));
    };
    await startBesideCode(window);
    await window.statusBarItem(new RegExp(`Insights ${shownTrial}/`)).waitFor({ timeout: runMs });
    for (const theme of themeNames) {
      await wear(window, theme);
      await untilMeasuring(window);
      await shoot(`live-${theme}`);
      if (theme === 'dark' || theme === 'light') await window.screenshot(path.join(readmeFolder, `panel-${theme}.png`));
    }
    await window.page.setViewportSize(narrowSize);
    await shootDown(window, 'live-narrow', shoot);
    await window.page.setViewportSize(size);
    await finished(window).waitFor({ timeout: runMs });
    for (const theme of themeNames) {
      await wear(window, theme);
      await shootDown(window, `record-${theme}`, shoot);
    }
    await window.page.setViewportSize(narrowSize);
    await shootDown(window, 'record-narrow', shoot);
  } finally {
    await vsCode.close();
    await project.remove();
  }
}

async function startBesideCode(window: VsCodeWindow): Promise<void> {
  await window.page.setViewportSize(size);
  await window.page.keyboard.press('Control+P');
  await window.quickInput.input.fill(`flask/${openFile}`);
  await window.quickInput.row(new RegExp(`^${openFile}`)).waitFor();
  await window.quickInput.accept();
  await window.tab(new RegExp(openFile)).waitFor();
  await window.runCommand('View: Close Primary Side Bar');
  await window.runCommand('Run Insights comparison');
  await window.quickInput.row(/^(?:server-process )?flask/).waitFor();
  await window.quickInput.accept();
  await window.quickInput.row(/\bRun: Flask/).waitFor();
  await window.quickInput.accept();
}

function finished(window: VsCodeWindow): Locator {
  return window.webview().getByRole('button', { name: 'Copy Markdown' });
}

/** In the middle of a trial of the scenario, so that there is something to be seen. */
async function untilMeasuring(window: VsCodeWindow): Promise<void> {
  const page = window.webview();
  const isOn = page
    .locator('.run-doing', { hasText: /Measuring\s+[4-9] of/ })
    .and(page.locator('header:has(~ main h2:text-is("Scenario, second by second")) .run-doing'));
  await isOn.or(finished(window)).first().waitFor({ timeout: runMs });
  if (await finished(window).isVisible()) throw new Error('The run ended before every picture was taken.');
}

async function wear(window: VsCodeWindow, theme: ThemeName): Promise<void> {
  await window.setTheme(theme);
  await window.webview().locator(`body.${themes[theme].body}`).waitFor();
}

/** The page from its top to its end, a screen each. */
async function shootDown(window: VsCodeWindow, name: string, shoot: (name: string) => Promise<void>): Promise<void> {
  const root = window.webview().locator('html');
  const scroller = `[document.scrollingElement, document.body, ...document.querySelectorAll('#page, #page > *')].find(
    (element) => element !== null && element.scrollHeight > element.clientHeight + 1,
  )`;
  for (let screen = 0; ; screen += 1) {
    // An expression: a text is not called as a function would be.
    const hasMore: boolean = await root.evaluate(`(() => {
      const page = ${scroller};
      if (page === undefined) return false;
      const top = ${screen} * 0.9 * page.clientHeight;
      page.scrollTo({ top, behavior: 'instant' });
      return page.scrollHeight > top + page.clientHeight + 1;
    })()`);
    await shoot(`${name}-${screen + 1}`);
    if (!hasMore) break;
  }
  await root.evaluate(`${scroller}?.scrollTo({ top: 0, behavior: 'instant' })`);
}
