import { setTimeout as wait } from 'node:timers/promises';
import { startVsCode, type VsCode } from '../../test/vscode/startVsCode';
import type { VsCodeWindow } from '../../test/vscode/openWindow';
import type { VsCodeVersion } from '../../test/vscode/vsCodeFolder';
import { median, type Figure } from './figures';

const windows = 5;
const limitMs = 20;
/** After this long the editor's own start is over, on two cores too. */
const settleMs = 4_000;

/**
 * What the editor itself writes down for the extension and shows in *Show Running Extensions*: loading its code, and the call of
 * `activate`, in whole milliseconds. Each time in an extension host of its own: once the window has settled, as whoever uses it first meets
 * it; and while a window starts in which its view is open, where it waits for everything else that starts.
 */
export async function measureActivation(
  version: VsCodeVersion,
  { vsix, folder }: { readonly vsix: string; readonly folder: string },
): Promise<readonly Figure[]> {
  const vsCode: VsCode = await startVsCode({ version, vsix, folder });
  try {
    const settled: number[] = [];
    const restored: number[] = [];
    for (let index = 0; index < windows; index += 1) {
      const window = await vsCode.openWindow();
      await wait(settleMs);
      settled.push(await activationMs(window));
      await window.reload();
      restored.push(await activationMs(window));
      await window.close();
    }
    const figure = (name: string, timesMs: readonly number[], limit: number | null): Figure => ({
      name: `activation${name}, the ${version} VS Code`,
      value: median(timesMs),
      unit: 'ms',
      limit,
      note: `code loading and activate(), median of ${windows} windows: ${timesMs.join(', ')} ms`,
    });
    return [figure('', settled, limitMs), figure(' while the window starts', restored, null)];
  } finally {
    await vsCode.close();
  }
}

async function activationMs(window: VsCodeWindow): Promise<number> {
  await window.openContainer('Insights comparison');
  // Offered once the extension has looked for an app.
  await window.page.getByRole('button', { name: 'Run Insights comparison' }).first().waitFor();
  const row = window.page
    .locator('.runtime-extensions-editor .extension')
    .filter({ hasText: 'Insights comparison' })
    .first();
  let text = '';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await window.runCommand('Show Running Extensions');
    // The slowest stand first, and only the rows in sight are there.
    await window.page.locator('.runtime-extensions-editor .monaco-list').press('End');
    text = await row.locator('.activation-time').innerText();
    const [, ms] = /(\d+)\s*ms/.exec(text) ?? [];
    if (ms !== undefined) return Number(ms);
    // "Activating...", for good: the page is not drawn again when the host has told more.
    await window.runCommand('View: Close All Editors');
    await wait(settleMs);
  }
  throw new Error(`The editor tells no activation time: ${text}`);
}
