import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import { copyTinyProject, testPython, type TestProject } from '../../test/e2e/commandLine';

/** Little load, so that it is the editor that is seen: five requests a second, one second of samples a second. */
const load = { ratePerSecond: 5, warmupSeconds: 0, behaviour: 'calm' };

/** `glance`: one block of 10-second trials. `watch`: trials long enough for two looks at each, and one more than are waited for. */
const scenarios = {
  glance: { ...load, durationSeconds: 10, trialSeconds: 10, blocks: 1 },
  watch: { ...load, durationSeconds: 80, trialSeconds: 40, blocks: 2 },
};
export type BenchScenario = keyof typeof scenarios;

/** A small real Flask app with its environment beside it, and these scenarios. Without capacity trials, which use every core. */
export async function benchProject(): Promise<TestProject> {
  const project = await copyTinyProject();
  const file = path.join(project.folder, 'insights-comparison.jsonc');
  const written: unknown = parse(await readFile(file, 'utf8'));
  const calm = { waitSeconds: [0.1, 0.1], requests: [{ weight: 1, name: 'home', path: '/' }] };
  await writeFile(
    file,
    JSON.stringify({ ...Object(written), behaviours: { calm }, scenarios, capacity: { methods: ['DELETE'] } }),
  );
  await symlink(path.dirname(path.dirname(testPython())), path.join(project.folder, '.venv'));
  return project;
}
