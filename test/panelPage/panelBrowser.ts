import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { HostMessage, PageMessage, PageState } from '../../src/shared/panelProtocol';
import { launchBrowser } from '../launchBrowser';
import { type EditorTheme, editorThemes } from './themes';

const nonce = 'testnonce';

/** The panel's page in a browser, in the document and under the content policy that the host gives it. */
export interface PanelPage {
  readonly page: Page;
  /** What a page did beside being shown: must stay empty. */
  readonly complaints: string[];
  readonly requests: string[];
  /** Posts it as the host does and waits until it has been drawn. */
  tell(message: unknown): Promise<void>;
  /** What the page has asked of the host so far. */
  asked(): Promise<PageMessage[]>;
  kept(): Promise<PageState | null>;
}

export interface PanelBrowser {
  open(options?: {
    readonly theme?: EditorTheme;
    readonly width?: number;
    readonly height?: number;
  }): Promise<PanelPage>;
  close(): Promise<void>;
}

/** Bundles the page of the checkout at `root` and starts a Chromium. */
export async function startPanelBrowser(root = path.resolve(__dirname, '../..')): Promise<PanelBrowser> {
  const folder = await mkdtemp(path.join(tmpdir(), 'panel-page-'));
  await build({
    entryPoints: [path.join(root, 'webview/page.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    outfile: path.join(folder, 'panel.js'),
  });
  const browser = await launchBrowser();
  return {
    open: async (options = {}) => openPanel(browser, folder, options),
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openPanel(
  browser: Browser,
  folder: string,
  options: NonNullable<Parameters<PanelBrowser['open']>[0]>,
): Promise<PanelPage> {
  const { theme = editorThemes[0], width = 900, height = 900 } = options;
  if (theme === undefined) throw new Error('There is no theme.');
  const file = path.join(folder, `${theme.kind}.html`);
  await writeFile(file, panelDocument(theme));
  const page = await browser.newPage({ viewport: { width, height } });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (![file, path.join(folder, 'panel.js')].some((own) => request.url() === pathToFileURL(own).href))
      requests.push(request.url());
  });
  await page.addInitScript(`
    window.asked = []; window.kept = null;
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.asked.push(message),
      setState: (state) => { window.kept = state; },
      getState: () => window.kept ?? undefined,
    });
  `);
  await page.goto(pathToFileURL(file).href);
  return {
    page,
    complaints,
    requests,
    tell: async (message) => {
      // Posted messages arrive as a task of their own; what they change is drawn in a frame after it.
      await page.evaluate(
        `new Promise((done) => { window.postMessage(${JSON.stringify(message)}, '*'); setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done))); })`,
      );
    },
    asked: async () => page.evaluate<PageMessage[]>('window.asked'),
    kept: async () => page.evaluate<PageState | null>('window.kept'),
  };
}

/** A message of the host, checked by the compiler. */
export function hostMessage(message: HostMessage): HostMessage {
  return message;
}

function panelDocument({ kind, name, variables }: EditorTheme): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:`;
  const values = Object.entries(variables).map(([variable, value]) => `--vscode-${variable}: ${value};`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Insights comparison</title>
    <style nonce="${nonce}">:root { ${values.join(' ')} }
      @layer vscode-default { body { padding: 0 20px; background: transparent; font-size: var(--vscode-font-size); } }</style>
    </head><body class="${kind}" data-vscode-theme-kind="${kind}" data-vscode-theme-id="${name}">
    <div id="page"></div><script nonce="${nonce}" src="panel.js"></script></body></html>`;
}
