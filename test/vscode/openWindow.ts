import { errors, type Browser, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { escapeForRegExp, quickInput, runCommand, type QuickInput } from './quickInput';
import { setTheme, type ThemeName } from './themes';
import { originOf, windowAddress, type WindowTarget } from './windowAddress';

/** A window of VS Code in the browser. What is looked for in it may take a minute to come: a cold window on a busy machine. */
export interface VsCodeWindow {
  readonly page: Page;
  readonly quickInput: QuickInput;
  /** Requests that were about to leave the machine. */
  readonly foreignRequests: readonly string[];
  /** Runs a command from the palette by its title; `choice`: the row to take of those that it offers. */
  runCommand(title: string, choice?: RegExp): Promise<void>;
  /** Opens a view container of the activity bar, unless it is open. */
  openContainer(title: string): Promise<void>;
  /** A row of any tree, by what a screen reader reads: label and description, unless the extension says otherwise. */
  treeRow(name: string | RegExp): Locator;
  /** Opens a file of the Explorer by its row. */
  openFile(name: string): Promise<void>;
  /** Chooses from a row's (or anything's) context menu. */
  chooseFromMenuOf(target: Locator, item: string | RegExp): Promise<void>;
  /** The document of the `index`th webview that can be seen; -1 is the last, so the one beside the code. */
  webview(index?: number): FrameLocator;
  /** A notification that can be seen, by words of its text; its buttons are in it. */
  notification(words: string | RegExp): Locator;
  /** The modal question. */
  readonly dialog: Locator;
  statusBarItem(words: string | RegExp): Locator;
  /** A line of the output channel that is shown. */
  outputLine(words: string | RegExp): Locator;
  /** A tab of the editor area. */
  tab(title: string | RegExp): Locator;
  /** Resolves when the workbench wears the theme. */
  setTheme(name: ThemeName): Promise<void>;
  screenshot(file: string): Promise<void>;
  /** As F5 in the browser or *Reload Window*: the extension host ends, another one starts. Resolves when the window is there again. */
  reload(): Promise<void>;
  /**
   * As a user closes it: the workbench says good-bye, and its extension host ends. A window that is closed before it speaks
   * with its host leaves that one to the server for hours: await something that comes from the extension before.
   */
  close(): Promise<void>;
  /** As a browser that was killed: nobody says good-bye, and the server keeps the extension host for a while. */
  crash(): Promise<void>;
}

const waitMs = 60_000;
const clickMs = 2_000;

export interface WindowOptions extends WindowTarget {
  readonly browser: Browser;
}

/** Resolves when the workbench stands; extensions may still be on their way. */
export async function openWindow(options: WindowOptions): Promise<VsCodeWindow> {
  // A context of its own: what the workbench keeps in the browser is that of a fresh profile.
  const context = await options.browser.newContext({ viewport: { width: 1400, height: 900 } });
  context.setDefaultTimeout(waitMs);
  const page = await context.newPage();
  const foreignRequests: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    // The addresses of an extension's own files: the service worker of its page answers them.
    const isOwnFile = url.hostname.endsWith('.vscode-resource.vscode-cdn.net');
    if (url.protocol.startsWith('http') && url.origin !== originOf(options.port) && !isOwnFile)
      foreignRequests.push(request.url());
  });
  // The question that a page may ask before it is left.
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(windowAddress(options));
  await workbenchStands(page);
  const input = quickInput(page);
  return {
    page,
    quickInput: input,
    foreignRequests,
    ...partsOf(page),
    runCommand: async (title, choice) => runCommand(page, title, choice),
    setTheme: async (name) => setTheme(page, name),
    screenshot: async (file) => {
      await page.screenshot({ path: file });
    },
    reload: async () => {
      await page.reload();
      await workbenchStands(page);
    },
    close: async () => {
      const closed = page.waitForEvent('close');
      await page.close({ runBeforeUnload: true });
      await closed;
      await context.close();
    },
    crash: async () => {
      const session = await context.newCDPSession(page);
      const crashed = page.waitForEvent('crash');
      // Its answer never comes.
      void session.send('Page.crash').catch(() => undefined);
      await crashed;
      await context.close();
    },
  };
}

async function workbenchStands(page: Page): Promise<void> {
  await page.waitForFunction("performance.getEntriesByName('code/LifecyclePhase/Restored').length > 0");
}

type Parts = Pick<
  VsCodeWindow,
  | 'openContainer'
  | 'treeRow'
  | 'openFile'
  | 'chooseFromMenuOf'
  | 'webview'
  | 'notification'
  | 'dialog'
  | 'statusBarItem'
  | 'outputLine'
  | 'tab'
>;

function partsOf(page: Page): Parts {
  return {
    openContainer: async (title) => {
      const item = page.locator('.activitybar .action-item', { has: page.locator(`[aria-label^="${title}"]`) });
      await item.waitFor();
      // A click on the one that is open would close the side bar.
      const classes = (await item.getAttribute('class')) ?? '';
      if (!classes.split(' ').includes('checked')) await item.click();
      await page
        .locator('.part.sidebar .composite.title')
        .getByText(new RegExp(escapeForRegExp(title), 'i'))
        .waitFor();
    },
    treeRow: (name) => page.getByRole('treeitem', { name }).first(),
    openFile: async (name) => {
      const named = { name: new RegExp(`^${escapeForRegExp(name)}`) };
      const [row, tab] = [page.getByRole('treeitem', named).first(), page.getByRole('tab', named).first()];
      await row.waitFor();
      // Rows are drawn anew when a file beside them goes: a press may meet one that is just going.
      do {
        await row.click({ timeout: clickMs }).catch(passOverTimeout);
        await tab.waitFor({ timeout: clickMs }).catch(passOverTimeout);
      } while (!(await tab.isVisible()));
    },
    chooseFromMenuOf: async (target, item) => {
      await target.click({ button: 'right' });
      const row = page.getByRole('menuitem', { name: item });
      await row.waitFor();
      // Clicks of the first tenth of a second are ignored, lest the one that opened the menu chooses from it. A menu that closes
      // between the look and the click has done what was asked: that click's time runs out, and the next look ends the loop.
      while (await row.isVisible()) await row.click({ delay: 50, timeout: clickMs }).catch(passOverTimeout);
    },
    webview: (index = 0) =>
      page.locator('iframe.webview.ready:visible').nth(index).contentFrame().frameLocator('iframe#active-frame'),
    notification: (words) => page.locator('.notifications-toasts .notification-list-item', { hasText: words }).first(),
    dialog: page.locator('.monaco-dialog-box'),
    statusBarItem: (words) => page.locator('.statusbar-item', { hasText: words }).first(),
    outputLine: (words) => page.locator('.part.panel .output-view .view-line', { hasText: words }).first(),
    tab: (title) => page.getByRole('tab', { name: title }).first(),
  };
}

function passOverTimeout(error: unknown): void {
  if (!(error instanceof errors.TimeoutError)) throw error;
}
