import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gitIn } from '../fixtures/gitIn';
import { countInteractions } from './countInteractions';
import { packExtension } from './packExtension';
import type { SeenInProjectFile } from './projectFileInside';
import { startVsCode, type VsCode } from './startVsCode';
import { linkEnvironment } from './tinyInVsCode';
import { skipNote, vsCodeVersions, whyNoVsCode } from './vsCodeFolder';

const timeoutMs = 180_000;

describe.skipIf(whyNoVsCode).each(vsCodeVersions)(
  `a project that knows nothing of us, in the %s VS Code${skipNote}`,
  (version) => {
    let root = '';
    let folder = '';
    let vsCode: VsCode;

    beforeAll(async () => {
      root = await mkdtemp(path.join(tmpdir(), 'ic-any-'));
      folder = path.join(root, 'project');
      await cp(path.resolve('test/fixtures/projects/flask_factory'), folder, { recursive: true });
      await linkEnvironment(folder);
      vsCode = await startVsCode({ version, folder, vsix: await packExtension(root) });
    }, timeoutMs);
    afterAll(async () => {
      await vsCode.close();
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    }, timeoutMs);

    test(
      'comes from the palette to a live point with one Enter, and keeps its files',
      { timeout: timeoutMs },
      async () => {
        const before = await readdir(folder, { recursive: true });
        const window = await vsCode.openWindow();
        await window.runCommand('Run Insights comparison');
        const interactions = await countInteractions(window);
        await window.quickInput.row(/\bRun: .* quick · 3 blocks · about /).waitFor();
        await window.quickInput.accept();
        await window
          .webview()
          .locator('.latest .value')
          .filter({ hasText: /\d/ })
          .first()
          .waitFor({ timeout: 120_000 });
        expect(await interactions()).toEqual(['Enter']);
        const after = await readdir(folder, { recursive: true });
        expect(after.filter((file) => !before.includes(file) && !file.startsWith('.insights-comparison'))).toEqual([]);
        await window.close();
      },
    );

    test(
      'is compared with a commit of its own, without a question about environments',
      { timeout: timeoutMs },
      async () => {
        const git = gitIn(folder);
        git('init', '--quiet', '--initial-branch', 'main');
        await writeFile(path.join(folder, '.gitignore'), '.venv\n.insights-comparison\n');
        git('add', '.');
        git('commit', '--quiet', '-m', 'before the change');
        await appendFile(path.join(folder, 'src', 'shop', '__init__.py'), '\n# changed\n');
        const window = await vsCode.openWindow();
        await window.runCommand('Compare with a Commit…');
        await window.quickInput.row(/^main, .*before the change/).waitFor();
        await window.quickInput.choose(/^HEAD, .*what has changed since/);
        await window.quickInput.row(/\bwork_tree, .* and what has changed since/).waitFor();
        await window.quickInput.row(/\bRun: .* quick · 3 blocks · about /).waitFor();
        await window.quickInput.accept();
        await window
          .webview()
          .getByText(/work_tree/)
          .first()
          .waitFor({ timeout: 120_000 });
        await window.runCommand('Stop the Comparison');
        await window
          .webview()
          .getByText(/^Stopped|Partial/)
          .first()
          .waitFor({ timeout: 60_000 });
        await window.close();
      },
    );

    test('sends load to another machine only after a yes', { timeout: timeoutMs }, async () => {
      const started = path.join(root, 'started');
      const elsewhere = {
        url: 'http://127.0.0.2:9',
        start: ['sh', '-c', `touch ${started}; exit 1`],
        stop: ['true'],
        collectorUrl: 'http://127.0.0.1:49151',
      };
      const file = path.join(folder, 'insights-comparison.jsonc');
      await writeFile(file, JSON.stringify({ targets: { elsewhere } }));
      const window = await vsCode.openWindow();
      const ask = async (): Promise<void> => {
        await window.runCommand('Run Insights comparison', /\bRun: .* quick · 3 blocks · about /);
        await window.dialog.getByText('Send load from here to 127.0.0.2?').waitFor();
      };
      await ask();
      await window.dialog.getByRole('button', { name: 'Cancel' }).click();
      await window.dialog.waitFor({ state: 'hidden' });
      expect(existsSync(started)).toBe(false);
      await ask();
      await window.dialog.getByRole('button', { name: 'Send Load' }).click();
      await expect.poll(() => existsSync(started), { timeout: 60_000 }).toBe(true);
      await window
        .webview()
        .getByText(/Starting elsewhere failed/)
        .first()
        .waitFor();
      await rm(file);
      await window.close();
    });

    test('has a project file that completes, explains and corrects itself', { timeout: timeoutMs }, async () => {
      const own = path.join(root, 'with-file');
      await mkdir(own);
      await writeFile(
        path.join(own, 'insights-comparison.jsonc'),
        '// Ours.\n{\n  "targets": { "web": { "command": 3 } },\n  "scenarioz": {},\n  \n}\n',
      );
      const seen = (await vsCode.runInside(path.resolve('test/vscode/projectFileInside.ts'), {
        folder: own,
      })) as SeenInProjectFile;
      expect(seen.problems).toEqual([
        { line: 3, character: 36, message: expect.stringMatching(/array/) as unknown },
        { line: 4, character: 3, message: expect.stringMatching(/scenarioz is not allowed/) as unknown },
      ]);
      expect(seen.hover).toMatch(/start/i);
      expect(seen.completions).toEqual(
        expect.arrayContaining(['"behaviours"', '"scenarios"', '"stacks"', '"variants"']),
      );
    });
  },
);
