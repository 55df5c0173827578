import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSample } from '../../src/extension/sample/writeSample';
import { countInteractions } from './countInteractions';
import type { VsCodeWindow } from './openWindow';
import { packExtension } from './packExtension';
import { startVsCode, type VsCode } from './startVsCode';
import { linkEnvironment } from './tinyInVsCode';
import { skipNote, vsCodeVersions, whyNoVsCode } from './vsCodeFolder';

const timeoutMs = 180_000;

describe.skipIf(whyNoVsCode).each(vsCodeVersions)(`the sample project, in the %s VS Code${skipNote}`, (version) => {
  let root = '';
  let vsCode: VsCode;
  let window: VsCodeWindow;

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'ic-sample-'));
    const { folder } = await writeSample(path.resolve('dist/sample'), path.join(root, 'sample'));
    // In place of pip's half a minute; `Try the Sample Project` itself has tests of its own.
    await linkEnvironment(folder);
    vsCode = await startVsCode({ version, folder, vsix: await packExtension(root) });
    window = await vsCode.openWindow();
  }, timeoutMs);
  afterAll(async () => {
    await vsCode.close();
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }, timeoutMs);

  test('takes a new user from the palette to the first live point by Enter twice', { timeout: timeoutMs }, async () => {
    await window.runCommand('Run Insights comparison');
    const interactions = await countInteractions(window);
    await window.quickInput.row(/\bflask, Flask/).waitFor();
    await window.quickInput.accept();
    await window.quickInput.row(/\bRun: Flask .* quick · 3 blocks · about /).waitFor();
    await window.quickInput.accept();
    await window.webview().locator('.latest .value').filter({ hasText: /\d/ }).first().waitFor({ timeout: 120_000 });
    expect(await interactions()).toEqual(['Enter', 'Enter']);
  });
});
