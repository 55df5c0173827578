import { chmod, cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runRequestSchema, type RunRequest } from '../../shared/runRequest';
import { findApps, type RunnableApp, type SearchedFolder } from './findApps';

/** A folder of its own for one test. */
export interface TestProject {
  readonly folder: string;
  write(name: string, text: string): Promise<string>;
  /** As a workspace folder, with what its settings ask for. */
  searched(change?: Partial<RunRequest>): SearchedFolder;
  /** The one app that is found in it. */
  app(change?: Partial<RunRequest>): Promise<RunnableApp>;
  remove(): Promise<void>;
}

/** Answers what is asked of an interpreter before a run: its version, and that it has no python-dotenv. It starts in no time. */
const quickPython = `#!/bin/sh
case "$2" in *dotenv*) echo null ;; *) echo 3.12.1 ;; esac
`;

export const flaskApp = 'from flask import Flask\napp = Flask(__name__)\n';

/** A folder with nothing but a virtual environment, or with a copy of the tests' tiny project. */
export async function createTestProject(fixture?: 'tiny'): Promise<TestProject> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'ic-flow-')));
  const environment = path.join(folder, '.venv');
  await mkdir(path.join(environment, 'lib', 'python3.12', 'site-packages', 'flask-3.1.3.dist-info'), {
    recursive: true,
  });
  await mkdir(path.join(environment, 'bin'));
  await writeFile(path.join(environment, 'bin', 'python'), quickPython);
  await chmod(path.join(environment, 'bin', 'python'), 0o755);
  if (fixture) await cp(path.resolve('test/fixtures', fixture), folder, { recursive: true });
  const searched = (change: Partial<RunRequest> = {}): SearchedFolder => ({
    name: path.basename(folder),
    path: folder,
    readRequest: () => Promise.resolve(runRequestSchema.parse({ folder, ...change })),
  });
  return {
    folder,
    searched,
    async write(name, text) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      return file;
    },
    async app(change) {
      const { apps, problems } = await findApps([searched(change)]);
      const [app] = apps;
      if (!app) throw problems[0]?.error ?? new Error('No app was found');
      return app;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
