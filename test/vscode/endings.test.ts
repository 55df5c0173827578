import { readFile, rm, writeFile } from 'node:fs/promises';
import type { FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readRecord } from '../../src/core/history/readRecord';
import { until } from '../e2e/commandLine';
import { evaluateIn } from './evaluateIn';
import type { VsCodeWindow } from './openWindow';
import { nothingIsLeft, runParts, type RunParts } from './runParts';
import { startTinyInVsCode, startTinyRun, type TinyInVsCode } from './tinyInVsCode';
import { skipNote, vsCodeVersions, whyNoVsCode } from './vsCodeFolder';

const timeoutMs = 180_000;
const goneSeconds = 60;

/**
 * A server keeps the extension host of a window that was reloaded or closed for a moment, and a run goes on as long as its host
 * lives: the time of `nothingIsLeft` counts from the end of the host.
 */
describe.skipIf(whyNoVsCode).each(vsCodeVersions)(`what ends a run in the %s VS Code${skipNote}`, (version) => {
  let tiny: TinyInVsCode;
  let window: VsCodeWindow;

  beforeAll(async () => {
    tiny = await startTinyInVsCode(version);
    window = await tiny.vsCode.openWindow();
    await takeOverPages(window);
  }, timeoutMs);
  afterEach(async () => {
    await rm(tiny.exitHold, { force: true });
  });
  afterAll(async () => {
    await tiny.close();
  }, timeoutMs);

  /** Starts a run; resolves when a trial has ended and another is on, which does not end before the test has. */
  const secondTrial = async (): Promise<RunParts> => {
    await window.runCommand('View: Close All Editors');
    await startTinyRun(window);
    await window.statusBarItem(/Insights [2-4]\/4/).waitFor();
    let parts: RunParts = { processes: [], ports: [] };
    const isWhole = async (): Promise<boolean> => {
      parts = await runParts(tiny.vsCode);
      const hasPart = (name: string): boolean => parts.processes.some(({ command }) => command.includes(name));
      // The app and the collector listen.
      return ['cli.js engine', 'guard.js', 'collector.js', 'gunicorn'].every(hasPart) && parts.ports.length >= 2;
    };
    await expect.poll(isWhole, { timeout: 20_000 }).toBe(true);
    await writeFile(tiny.exitHold, '');
    return parts;
  };
  /** The newest run is partial and has kept what had ended: one trial, more of them on a machine that is slower than the trials. */
  const keepsWhatHadEnded = async (): Promise<void> => {
    const { record } = await readRecord((await tiny.runFolders()).at(-1) ?? '');
    expect(record.status).toBe('partial');
    expect([1, 2, 3]).toContain(record.trials.length + record.capacity.length);
  };
  const host = async (): Promise<number> => {
    const [pid, ...more] = await tiny.vsCode.extensionHosts();
    if (pid === undefined || more.length > 0) throw new Error('There is not exactly one extension host.');
    return pid;
  };

  test(
    'nothing that a page may not ask for has an effect; its Stop keeps what had ended',
    { timeout: timeoutMs },
    async () => {
      const parts = await secondTrial();
      const page = window.webview(-1);
      const tabs = window.page.locator('.part.editor .tab');
      const before = await tabs.count();
      for (const message of foreignMessages) await post(page, message);
      // The host reads messages in their order: once this one has had its effect, those before it have had theirs.
      await post(page, { type: 'showLog' });
      await window.outputLine(/Trial\s[2-4]\sof\s4/).waitFor();
      expect(await tabs.count()).toBe(before);
      expect(await page.getByRole('button', { name: 'Stop', exact: true }).isEnabled()).toBe(true);
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await rm(tiny.exitHold);
      await page.getByText(/Kept: [1-3] of 4 trials/).waitFor();
      await nothingIsLeft(tiny.vsCode, parts);
      await keepsWhatHadEnded();
    },
  );

  test('Stop waits for the app, counts down, and can be told not to wait', { timeout: timeoutMs }, async () => {
    const parts = await secondTrial();
    const page = window.webview(-1);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const secondsLeft = async (): Promise<number> => {
      const [, minutes, seconds] = /(\d+):(\d\d) at most/.exec(await page.locator('.exit-wait').innerText()) ?? [];
      return Number(minutes) * 60 + Number(seconds);
    };
    const atFirst = await secondsLeft();
    expect(atFirst).toBeGreaterThan(10);
    await expect.poll(secondsLeft, { timeout: 20_000 }).toBeLessThanOrEqual(atFirst - 2);
    await page.getByRole('button', { name: 'Stop now' }).click();
    await nothingIsLeft(tiny.vsCode, parts);
    await page.getByText(/Kept: [1-3] of 4 trials/).waitFor();
    await keepsWhatHadEnded();
  });

  test('a window that is closed takes its run with it', { timeout: timeoutMs }, async () => {
    const parts = await secondTrial();
    const pid = await host();
    await window.close();
    await isGone(pid);
    await nothingIsLeft(tiny.vsCode, parts);
    await keepsWhatHadEnded();
    window = await tiny.vsCode.openWindow();
  });

  test('a reloaded window has ended its run, and offers what was kept', { timeout: timeoutMs }, async () => {
    const parts = await secondTrial();
    const pid = await host();
    await window.runCommand('Developer: Reload Window');
    await isGone(pid);
    await nothingIsLeft(tiny.vsCode, parts);
    const page = window.webview(-1);
    await page.getByText(/Kept: [1-3] of 4 trials/).waitFor();
    await page.getByRole('button', { name: 'Run again' }).waitFor();
    await keepsWhatHadEnded();
  });

  test('kill -9 of the extension host ends its run', { timeout: timeoutMs }, async () => {
    const parts = await secondTrial();
    process.kill(await host(), 'SIGKILL');
    await nothingIsLeft(tiny.vsCode, parts);
    await keepsWhatHadEnded();
  });
});

/** Beside what is ours to the letter: what a page would say that somebody else's script has got hold of. */
const foreignMessages: readonly unknown[] = [
  null,
  'stop',
  ['stop'],
  { type: 'stop', now: true },
  { type: 'Stop' },
  { command: 'workbench.action.newWindow' },
  { type: 'command', command: 'workbench.action.files.newUntitledFile' },
  { type: 'openResult', index: 0, recordPath: '/etc/passwd' },
  { type: 'openResult', index: -1 },
  { type: 'runAgain', request: { folder: '/', command: ['touch', '/tmp/never'] } },
];

/** Pages that are opened from now on leave the way to their host where a test finds it. */
async function takeOverPages({ page }: VsCodeWindow): Promise<void> {
  await page.addInitScript(`{
    let acquire;
    Object.defineProperty(globalThis, 'acquireVsCodeApi', {
      get: () => acquire && (() => (globalThis.pageHost = acquire())),
      set: (value) => { acquire = value; },
    });
  }`);
}

async function post(page: FrameLocator, message: unknown): Promise<void> {
  await evaluateIn(page, `pageHost.postMessage(${JSON.stringify(message)})`);
}

/** Resolves when a process has ended; one that nobody has waited for yet has an empty environment. */
async function isGone(pid: number): Promise<void> {
  await until(`process ${pid} has ended`, goneSeconds, async () => {
    return (await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')) === '';
  });
}
