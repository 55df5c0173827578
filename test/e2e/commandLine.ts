import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { RunEvent } from '../../src/shared/events';

const cli = path.resolve('dist/cli.js');

/** The interpreter that has the samples' requirements: `npm test` makes it and names it. */
export function testPython(): string {
  return madeBySetup('INSIGHTS_COMPARISON_TEST_PYTHON');
}

/** The path in a variable that the set-up of `npm test` sets. */
export function madeBySetup(variable: string): string {
  const place = process.env[variable];
  if (!place) throw new Error(`${variable} is not set: run \`npm test\`, which makes what it names and sets it.`);
  return place;
}

/** A project of its own in a temporary folder, with a cache of its own, both removed at the end. */
export interface TestProject {
  readonly folder: string;
  readonly cache: string;
  remove(): Promise<void>;
}

export async function copyTinyProject(): Promise<TestProject> {
  return copyProject('tiny');
}

/** One of the small apps of test/fixtures: `tiny` (Flask), `django`, `asgi`, or one of `projects/…`, which have no project file. */
export async function copyProject(fixture: 'tiny' | 'django' | 'asgi' | `projects/${string}`): Promise<TestProject> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'ic-e2e-'));
  const folder = path.join(root, 'project');
  await cp(path.resolve('test/fixtures', fixture), folder, { recursive: true });
  return {
    folder,
    cache: path.join(root, 'cache'),
    remove: async () => rm(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly events: RunEvent[];
  readonly stderr: () => string;
  readonly stdout: () => string;
  readonly exited: Promise<number | null>;
  /** The first event, past or to come, that fits. Rejects when the command ends without one. */
  waitFor<T extends RunEvent>(isWanted: (event: RunEvent) => event is T): Promise<T>;
  waitFor(isWanted: (event: RunEvent) => boolean): Promise<RunEvent>;
}

/**
 * Starts the bundled command line in a project, by `wrapper` if there is one (`nice -n 5`). With `--events` among the words its events are
 * parsed.
 */
export function startCommand(
  project: TestProject,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  wrapper: readonly string[] = [],
): RunningCommand {
  const [program = process.execPath, ...rest] = [...wrapper, process.execPath, cli, ...words];
  const child = spawn(program, rest, {
    cwd: project.folder,
    env: {
      ...process.env,
      INSIGHTS_COMPARISON_PYTHON: testPython(),
      XDG_CACHE_HOME: project.cache,
      HOME: project.cache,
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own, as a shell gives each command: Ctrl-C reaches all of it.
    detached: true,
  });
  const events: RunEvent[] = [];
  const listeners = new Set<() => void>();
  let stdout = '';
  let stderr = '';
  let unread = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const lines = (unread + text).split('\n');
    unread = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('{"atMs"')) events.push(JSON.parse(line) as RunEvent);
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let hasExited = false;
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      hasExited = true;
      for (const listener of listeners) listener();
      resolve(code);
    });
  });
  const waitFor = async (isWanted: (event: RunEvent) => boolean): Promise<RunEvent> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = events.find(isWanted);
        if (!found && !hasExited) return;
        listeners.delete(look);
        if (found) resolve(found);
        else
          reject(
            new Error(`The command ended without the event that was waited for.\n${stderr}\n${stdout.slice(-3000)}`),
          );
      };
      listeners.add(look);
      look();
    });
  return { child, events, exited, stdout: () => stdout, stderr: () => stderr, waitFor };
}

/** Runs a command to its end. */
export async function runCommandLine(
  project: TestProject,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string; events: RunEvent[] }> {
  const running = startCommand(project, words, environment);
  const code = await running.exited;
  return { code, stdout: running.stdout(), stderr: running.stderr(), events: running.events };
}

/** True in the phase of a scenario trial's measured window. */
export function isMeasuring(event: RunEvent): boolean {
  return event.type === 'phase' && event.phase === 'measuring';
}

export interface TaggedProcess {
  readonly pid: number;
  readonly command: string;
}

/** Every live process of any run that uses this project's cache, by what stands in its environment or command line. */
export async function processesOf(project: TestProject): Promise<TaggedProcess[]> {
  const found: TaggedProcess[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [environment, command, stat] = await Promise.all([
      readFile(`/proc/${name}/environ`, 'latin1').catch(() => ''),
      readFile(`/proc/${name}/cmdline`, 'latin1').catch(() => ''),
      readFile(`/proc/${name}/stat`, 'latin1').catch(() => ''),
    ]);
    const isZombie = / Z /.test(stat.slice(stat.lastIndexOf(')')));
    if (!isZombie && environment.includes(project.cache) && environment.includes('INSIGHTS_COMPARISON_RUN_TAG=')) {
      found.push({ pid: Number(name), command: command.replaceAll('\0', ' ') });
    }
  }
  return found;
}

/** Polls a condition until it holds; throws with `what` after `seconds`. Returns how long it took, in ms. */
export async function until(what: string, seconds: number, isTrue: () => Promise<boolean>): Promise<number> {
  const startedMs = performance.now();
  while (!(await isTrue())) {
    if (performance.now() - startedMs > seconds * 1000) throw new Error(`Not within ${seconds} s: ${what}`);
    await wait(25);
  }
  return performance.now() - startedMs;
}

/** The plan's own trials: on a busy machine a disturbed block is repeated, and its repetition stands in the record too. */
export function firstAttempts<T extends { readonly attempt?: number | undefined }>(trials: readonly T[]): readonly T[] {
  return trials.filter(({ attempt }) => attempt === undefined);
}
