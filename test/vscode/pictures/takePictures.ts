import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { VsCodeWindow } from '../openWindow';
import { startVsCode } from '../startVsCode';
import { themeNames, themes, type ThemeName } from '../themes';
import { pictureProject } from './pictureProject';

export interface PictureOptions {
  readonly root: string;
  /** Gets all of them: to be looked at. */
  readonly folder: string;
  /** Gets the two that the README shows: the live panel, dark and light. */
  readonly readmeFolder: string;
  readonly say: (line: string) => void;
}

const size = { width: 1280, height: 800 };
/** Of a window whose panel is about 320 px wide. */
const narrowSize = { width: 700, height: 800 };
const openFile = 'views.py';
/** Every one of the four charts has both variants by then. */
const shownTrial = 7;
const runMs = 15 * 60_000;

/**
 * A run of the Flask sample by the packaged extension, `quick` as at first: the live panel beside the code, then the finished record,
 * in each theme, and both as narrow as a panel gets.
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
    settings: { 'editor.minimap.enabled': false, 'window.commandCenter': false, 'breadcrumbs.enabled': false },
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
      await shoot(`live-${theme}`);
      if (theme === 'dark' || theme === 'light') await window.screenshot(path.join(readmeFolder, `panel-${theme}.png`));
    }
    await window.page.setViewportSize(narrowSize);
    await shoot('live-narrow');
    await window.page.setViewportSize(size);
    await window.webview().getByRole('button', { name: 'Copy Markdown' }).waitFor({ timeout: runMs });
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

async function wear(window: VsCodeWindow, theme: ThemeName): Promise<void> {
  await window.setTheme(theme);
  await window.webview().locator(`body.${themes[theme].body}`).waitFor();
}

/** The page from its top to its end, a screen each. */
async function shootDown(window: VsCodeWindow, name: string, shoot: (name: string) => Promise<void>): Promise<void> {
  const root = window.webview().locator('html');
  for (let screen = 0; ; screen += 1) {
    const hasMore: boolean = await root.evaluate(`(page) => {
      const top = ${screen} * 0.9 * page.clientHeight;
      page.scrollTo(0, top);
      return page.scrollHeight > top + page.clientHeight;
    }`);
    await shoot(`${name}-${screen + 1}`);
    if (!hasMore) break;
  }
  await root.evaluate('(page) => page.scrollTo(0, 0)');
}
