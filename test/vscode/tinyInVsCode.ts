import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyTinyProject, testPython, type TestProject } from '../e2e/commandLine';
import type { VsCodeWindow } from './openWindow';
import { packExtension } from './packExtension';
import { startVsCode, type VsCode } from './startVsCode';
import type { VsCodeVersion } from './vsCodeFolder';

/** The packaged extension in a VS Code of its own, on a small real Flask app whose comparison takes well under a minute. */
export interface TinyInVsCode {
  readonly project: TestProject;
  readonly vsCode: VsCode;
  /** As long as this file is there, the app does not exit. */
  readonly exitHold: string;
  /** Where its runs are, oldest first. */
  runFolders(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The name of an endpoint, which every run of the app brings into every page. */
export const hostileName = '<img src=x onerror="window.hacked=true">';

/** The bundles in dist/ as they are now. */
export async function startTinyInVsCode(version: VsCodeVersion): Promise<TinyInVsCode> {
  const packed = await mkdtemp(path.join(tmpdir(), 'ic-vsix-'));
  const project = await copyTinyProject();
  const exitHold = path.join(packed, 'hold');
  await shapeProject(project.folder);
  await linkEnvironment(project.folder);
  const vsCode = await startVsCode({
    version,
    folder: project.folder,
    vsix: await packExtension(packed),
    env: { XDG_CACHE_HOME: project.cache, TINY_EXIT_HOLD: exitHold },
  });
  return {
    project,
    vsCode,
    exitHold,
    runFolders: async () => runFoldersIn(project.folder),
    close: async () => {
      await vsCode.close();
      await project.remove();
      await rm(packed, { recursive: true, force: true });
    },
  };
}

/** The folders of the runs below a workspace folder, oldest first. */
export async function runFoldersIn(workspaceFolder: string): Promise<readonly string[]> {
  const runs = path.join(workspaceFolder, '.insights-comparison', 'runs');
  const names = await readdir(runs).catch(() => []);
  return names.sort().map((name) => path.join(runs, name));
}

/** Gives a folder the environment with the requirements of the samples and of the tiny app. */
export async function linkEnvironment(folder: string): Promise<void> {
  await symlink(path.dirname(path.dirname(testPython())), path.join(folder, '.venv'));
}

/** Palette and one Enter: `quick` is what a first run does. */
export async function startTinyRun(window: VsCodeWindow): Promise<void> {
  await window.runCommand('Run Insights comparison');
  // The row's icon is read out before its label.
  await window.quickInput.row(/\bRun: tiny \(Flask/).waitFor();
  await window.quickInput.accept();
}

/** Its short scenario under the name of the one that a first run takes, and a name that no page may fall for. */
async function shapeProject(folder: string): Promise<void> {
  const file = path.join(folder, 'insights-comparison.jsonc');
  const text = await readFile(file, 'utf8');
  const shaped = text
    .replace('"short":', '"quick":')
    .replace('"name": "home"', `"name": ${JSON.stringify(hostileName)}`);
  await writeFile(file, shaped);
}
