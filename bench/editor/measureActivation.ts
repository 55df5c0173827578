import { startVsCode, type VsCode } from '../../test/vscode/startVsCode';
import type { VsCodeWindow } from '../../test/vscode/openWindow';
import type { VsCodeVersion } from '../../test/vscode/vsCodeFolder';
import { median, type Figure } from './figures';

const windows = 5;
const limitMs = 20;

/**
 * What the editor itself writes down for the extension and shows in *Show Running Extensions*: loading its code, and the call of
 * `activate`, in whole milliseconds. Each time in an extension host of its own.
 */
export async function measureActivation(
  version: VsCodeVersion,
  { vsix, folder }: { readonly vsix: string; readonly folder: string },
): Promise<Figure> {
  const vsCode: VsCode = await startVsCode({ version, vsix, folder });
  try {
    const window = await vsCode.openWindow();
    const timesMs: number[] = [];
    for (let index = 0; index < windows; index += 1) {
      if (index > 0) await window.reload();
      timesMs.push(await activationMs(window));
    }
    return {
      name: `activation, the ${version} VS Code`,
      value: median(timesMs),
      unit: 'ms',
      limit: limitMs,
      note: `code loading and activate(), median of ${windows} windows: ${timesMs.join(', ')} ms`,
    };
  } finally {
    await vsCode.close();
  }
}

async function activationMs(window: VsCodeWindow): Promise<number> {
  await window.openContainer('Insights comparison');
  // Offered once the extension has looked for an app.
  await window.page.getByRole('button', { name: 'Run Insights comparison' }).first().waitFor();
  await window.runCommand('Show Running Extensions');
  const row = window.page
    .locator('.runtime-extensions-editor .extension')
    .filter({ hasText: 'Insights comparison' })
    .first();
  const text = await row.locator('.activation-time').innerText();
  const [, ms] = /(\d+)\s*ms/.exec(text) ?? [];
  if (ms === undefined) throw new Error(`The editor tells no activation time: ${text}`);
  return Number(ms);
}
