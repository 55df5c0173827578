import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VsCodeWindow } from './openWindow';
import { packFixture } from './packFixture';
import { startVsCode, type VsCode } from './startVsCode';
import { themeNames, themes } from './themes';
import { trustSettings } from './userSettings';
import { skipNote, vsCodeVersions, whyNoVsCode } from './vsCodeFolder';

const timeoutMs = 120_000;

describe.skipIf(whyNoVsCode).each(vsCodeVersions)(`the harness, with the %s VS Code${skipNote}`, (version) => {
  let folder = '';
  let vsCode: VsCode;
  let window: VsCodeWindow;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'harness-'));
    await writeFile(path.join(folder, 'hello.txt'), 'hello');
    vsCode = await startVsCode({ version, folder, vsix: await packFixture('probe', folder) });
    window = await vsCode.openWindow();
  }, timeoutMs);
  afterAll(async () => {
    await vsCode.close();
    await rm(folder, { recursive: true, force: true });
  }, timeoutMs);

  test(
    'runs a command, answers its quick pick, reads notification and status bar',
    { timeout: timeoutMs },
    async () => {
      await window.runCommand('Greet somebody');
      await window.quickInput.row('World, all of it').waitFor();
      expect(await window.quickInput.title.innerText()).toBe('Whom?');
      expect(await window.quickInput.rows.count()).toBe(2);
      await window.quickInput.choose(/^Moon/);
      const hello = window.notification('Hello, Moon');
      await hello.getByRole('button', { name: 'Wave' }).click();
      await hello.waitFor({ state: 'hidden' });
      await window.statusBarItem('greeted Moon').waitFor();
    },
  );

  test('accepts what a quick pick offers by Enter', { timeout: timeoutMs }, async () => {
    await window.runCommand('Probe: Greet somebody');
    await window.quickInput.row(/^World/).waitFor();
    await window.quickInput.accept();
    await window.notification('Hello, World').waitFor();
  });

  test('reads rows of a tree, and chooses from their menu', { timeout: timeoutMs }, async () => {
    await window.openContainer('Probe things');
    await window.openContainer('Probe things');
    const venus = window.treeRow(/^Venus/);
    await venus.waitFor();
    expect(await venus.innerText()).toContain('5 letters');
    await window.chooseFromMenuOf(venus, 'Delete planet');
    await venus.waitFor({ state: 'detached' });
    await window.treeRow(/^Earth/).waitFor();
  });

  test('sees into a page, in each theme, while its script talks to the extension', { timeout: timeoutMs }, async () => {
    await window.runCommand('Open a page');
    const page = window.webview();
    await page.getByRole('button', { name: 'Count' }).click();
    await page.getByText('twice 1 is 2').waitFor();
    for (const name of themeNames) {
      await window.setTheme(name);
      await page.locator(`body.${themes[name].body}`).waitFor();
    }
    await window.tab('Probe page').waitFor();
    expect(window.foreignRequests).toEqual([]);
  });

  test('answers a modal question, and finds the answer in the log', { timeout: timeoutMs }, async () => {
    await window.runCommand('Ask a question');
    await window.dialog.getByText('Really?').waitFor();
    await window.dialog.getByRole('button', { name: 'Of course' }).click();
    await window.runCommand('Show the log');
    await window.outputLine('answer: Of course').waitFor();
  });

  test('runs code inside the extension host', { timeout: timeoutMs }, async () => {
    const seen = await vsCode.runInside(path.resolve('test/vscode/probeInside.ts'));
    expect(seen).toEqual({
      planets: ['Mercury', 'Venus', 'Earth'],
      version: version === 'old' ? '1.99.3' : '1.139.1',
      node: expect.stringMatching(version === 'old' ? /^v20\./ : /^v24\./),
    });
  });

  test('survives a killed extension host and a reloaded window', { timeout: timeoutMs }, async () => {
    const [host] = await vsCode.extensionHosts();
    expect(host).toBeTypeOf('number');
    process.kill(host!, 'SIGKILL');
    await window.reload();
    await window.runCommand('Tell about trust');
    await window.notification('Trusted').waitFor();
    expect(await vsCode.extensionHosts()).not.toContain(host);
  });

  test('opens a restricted window, whose extension host goes with it', { timeout: timeoutMs }, async () => {
    const before = await vsCode.extensionHosts();
    await vsCode.changeSettings(trustSettings(true));
    const second = await vsCode.openWindow();
    await second.runCommand('Tell about trust');
    await second.notification('Not trusted').waitFor();
    await expect.poll(async () => vsCode.extensionHosts(), { timeout: 10_000 }).toHaveLength(before.length + 1);
    await second.close();
    await expect.poll(async () => vsCode.extensionHosts(), { timeout: 10_000 }).toEqual(before);
  });

  test('leaves no process and no file behind when it is closed', { timeout: timeoutMs }, async () => {
    expect((await vsCode.processes()).length).toBeGreaterThan(1);
    await vsCode.close();
    expect(await vsCode.processes()).toEqual([]);
    expect(existsSync(vsCode.home)).toBe(false);
  });
});
