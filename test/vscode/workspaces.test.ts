import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandNames } from '../../src/extension/commands/commandNames';
import { syntheticRecord } from '../fixtures/syntheticTrials';
import { testSummary } from '../fixtures/testSummary';
import type { SeenInside } from './commandsInside';
import type { VsCodeWindow } from './openWindow';
import { packExtension } from './packExtension';
import { runParts } from './runParts';
import { startVsCode, type VsCode } from './startVsCode';
import { linkEnvironment, runFoldersIn } from './tinyInVsCode';
import { trustSettings } from './userSettings';
import { skipNote, vsCodeVersions, whyNoVsCode } from './vsCodeFolder';

const timeoutMs = 180_000;
const commandsInside = path.resolve('test/vscode/commandsInside.ts');
const all = commandNames.map((name) => `insightsComparison.${name}`);

describe.skipIf(whyNoVsCode).each(vsCodeVersions)(
  `workspaces of every kind, in the %s VS Code${skipNote}`,
  (version) => {
    let root = '';
    let vsCode: VsCode;

    /** A folder with the tiny app. */
    const app = async (name: string): Promise<string> => {
      const folder = path.join(root, name);
      await cp(path.resolve('test/fixtures/tiny'), folder, { recursive: true });
      await linkEnvironment(folder);
      return folder;
    };
    const empty = async (name: string): Promise<string> => {
      const folder = path.join(root, name);
      await mkdir(folder, { recursive: true });
      return folder;
    };
    /** Opens a window, looks at it, closes it. */
    const inWindow = async (folder: string | null, look: (window: VsCodeWindow) => Promise<void>): Promise<void> => {
      const window = await vsCode.openWindow({ folder });
      await look(window);
      await window.close();
    };
    /** Resolves when the view *Runs* says these words instead of rows. */
    const isWelcomed = async (window: VsCodeWindow, words: RegExp, button: string): Promise<void> => {
      await window.openContainer('Insights comparison');
      const welcome = window.page.locator('.part.sidebar .welcome-view').filter({ hasText: words });
      await welcome.getByRole('button', { name: button }).waitFor();
    };

    beforeAll(async () => {
      root = await mkdtemp(path.join(tmpdir(), 'ic-workspaces-'));
      vsCode = await startVsCode({ version, folder: await empty('none'), vsix: await packExtension(root) });
    }, timeoutMs);
    afterAll(async () => {
      await vsCode.close();
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    }, timeoutMs);

    test(
      'is not active before it is used; every command is there and ends by itself',
      { timeout: timeoutMs },
      async () => {
        const seen = await vsCode.runInside(commandsInside);
        expect(seen).toMatchObject({
          isTrusted: true,
          wasActive: false,
          unregistered: [],
          outcomes: Object.fromEntries(all.map((command) => [command, 'resolved'])),
        } satisfies Partial<SeenInside>);
        expect(await readdir(path.join(root, 'none'))).toEqual([]);
      },
    );

    test('says in a window without a folder what it is for', { timeout: timeoutMs }, async () => {
      await inWindow(null, async (window) => {
        await isWelcomed(window, /Open the folder of a Django or Flask app/, 'Try the Sample Project');
        await window.runCommand('Run Insights comparison');
        await window.notification('Open the folder of a Django or Flask app first').waitFor();
      });
    });

    test('says in a folder without an app that there is none', { timeout: timeoutMs }, async () => {
      await inWindow(await empty('none'), async (window) => {
        await isWelcomed(window, /No Django or Flask app was found/, 'Run Anyway');
        await window.runCommand('Run Insights comparison');
        await window.notification('No Django or Flask app was found here').waitFor();
      });
    });

    test('offers the run in a folder with an app', { timeout: timeoutMs }, async () => {
      await inWindow(await app('ready'), async (window) => {
        await isWelcomed(window, /What does Honeybadger Insights cost this app/, 'Run Insights comparison');
      });
    });

    test(
      'asks which app of several folders is meant, and leaves the results beside that one',
      { timeout: timeoutMs },
      async () => {
        const folders = [await app('first'), await app('second')] as const;
        const workspace = path.join(root, 'both.code-workspace');
        await writeFile(workspace, JSON.stringify({ folders: folders.map((folder) => ({ path: folder })) }));
        await inWindow(workspace, async (window) => {
          await untilFoldersStand(window);
          await window.runCommand('Run Insights comparison');
          await window.quickInput.row(/\bfirst\b/).waitFor();
          expect(await window.quickInput.rows.count()).toBe(2);
          await window.quickInput.choose(/\bsecond\b/);
          await window.quickInput.row(/\bRun: tiny \(Flask/).waitFor();
          await window.quickInput.accept();
          await expect.poll(async () => runFoldersIn(folders[1]), { timeout: 30_000 }).toHaveLength(1);
          expect(await runFoldersIn(folders[0])).toEqual([]);
          await window.runCommand('Stop the Comparison');
          await window
            .statusBarItem(/Insights/)
            .filter({ hasNotText: '/' })
            .waitFor();
        });
      },
    );

    test('runs nothing of a folder that is not trusted, whatever that asks for', { timeout: timeoutMs }, async () => {
      await vsCode.changeSettings(trustSettings(true));
      const trap = await app('trap');
      const sprung = path.join(root, 'sprung');
      await setTrap(trap, sprung);
      const seen = (await vsCode.runInside(commandsInside, { folder: trap })) as SeenInside;
      expect(seen).toMatchObject({
        isTrusted: false,
        // Past runs can be read here.
        wasActive: true,
        outcomes: Object.fromEntries(
          [...all, 'insightsComparison.runAgain, tempted', 'insightsComparison.runScenario, tempted'].map((call) => [
            call,
            'resolved',
          ]),
        ),
        settings: { startCommand: '', healthUrl: '', pythonPath: '' },
      });
      expect((await runParts(vsCode)).processes).toEqual([]);
      expect(await runFoldersIn(trap)).toHaveLength(1);
      expect(existsSync(sprung)).toBe(false);
      await inWindow(trap, async (window) => {
        await window.openContainer('Insights comparison');
        await window.treeRow(/flask · light_load/).waitFor();
        await window.runCommand('Run Insights comparison');
        await window.notification('Nothing is run in a folder that is not trusted').waitFor();
      });
      await inWindow(await empty('unknown'), async (window) => {
        await isWelcomed(window, /This folder is not trusted/, 'Manage Workspace Trust');
      });
      expect(existsSync(sprung)).toBe(false);
    });
  },
);

/**
 * The Explorer lists the workspace's folders. VS Code 1.139 in the browser sometimes opens a workspace file as one without folders, until the
 * window is loaded again.
 */
async function untilFoldersStand(window: VsCodeWindow): Promise<void> {
  const folder = window.treeRow(/^first\b/);
  const stands = await folder.waitFor({ timeout: 10_000 }).then(
    () => true,
    () => false,
  );
  if (stands) return;
  await window.reload();
  await folder.waitFor();
}

/** Settings that would run a program of the folder's, which would leave `sprung`; and a past run that can be run again. */
async function setTrap(folder: string, sprung: string): Promise<void> {
  const program = path.join(folder, 'python');
  await writeFile(program, `#!/bin/sh\ntouch '${sprung}'\n`);
  await chmod(program, 0o755);
  const settings = {
    'insightsComparison.pythonPath': '${workspaceFolder}/python',
    'insightsComparison.app.startCommand': `${program} {port}`,
    'insightsComparison.app.healthUrl': 'http://127.0.0.1:8000/',
  };
  await mkdir(path.join(folder, '.vscode'));
  await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  const run = path.join(folder, '.insights-comparison', 'runs', testSummary().id);
  await mkdir(run, { recursive: true });
  await writeFile(path.join(run, 'comparison.insights.json'), JSON.stringify(syntheticRecord()));
  await writeFile(path.join(run, 'summary.json'), JSON.stringify(testSummary()));
}
