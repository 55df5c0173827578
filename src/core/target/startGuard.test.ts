import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../shared/userError';
import { hasEnvironmentValue } from '../sample/processEnvironment';
import { readProcStat } from '../sample/procStat';
import { runTagVariable, type Guard } from './processes';
import { createRunFolder } from './runFolder';
import { parseRunState, type RunState } from './runState';
import { startGuard } from './startGuard';
import { startProcess } from './startProcess';
import { sweepAbandonedRuns } from './sweepAbandonedRuns';
import {
  bundleEntry,
  createTestFolder,
  isRunning,
  namesIn,
  readTree,
  testPython,
  treeProgram,
  until,
  type TestFolder,
} from './testProcesses';

let bundles: TestFolder;
let guardEntry: string;
let engineEntry: string;
let folder: TestFolder;
let runFiles: string;
let tag: string;
let started: number[] = [];

beforeAll(async () => {
  bundles = createTestFolder();
  guardEntry = await bundleEntry('guardMain.ts', bundles.path);
  engineEntry = await bundleEntry('testEngineMain.ts', bundles.path);
  testPython();
});
afterAll(() => bundles.remove());
beforeEach(() => {
  folder = createTestFolder();
  runFiles = join(folder.path, 'runs');
  tag = `test-${randomUUID()}`;
});
afterEach(() => {
  // Whatever a failing test left: by the very pids that it started.
  started.filter(isRunning).forEach((pid) => process.kill(pid, 'SIGKILL'));
  started = [];
  folder.remove();
});

/** Overwrites the memory that /proc shows as its environment, then forks and writes the child's pid. */
const hiddenProgram = `
import ctypes, os, signal
fields = open('/proc/self/stat').read().rpartition(')')[2].split()
start, end = int(fields[47]), int(fields[48])
ctypes.memset(start, 0, end - start)
child = os.fork()
if child:
    print(child, flush=True)
signal.pause()
`;

interface TestEngine {
  readonly child: ChildProcess;
  readonly tree: Awaited<ReturnType<typeof readTree>>;
  readonly watchedFolder: string;
}

/** A stand-in for the engine with a tree of five processes, in a process of its own. */
async function startEngine(manner: 'obeys' | 'ignores'): Promise<TestEngine> {
  const pids = join(folder.path, 'pids');
  mkdirSync(pids);
  const watchedFolder = createRunFolder(tag, folder.path);
  writeFileSync(join(watchedFolder, 'database.sqlite3'), 'x');
  const instructions = {
    tag,
    guardEntry,
    runFilesFolder: runFiles,
    command: [testPython(), folder.write('tree.py', treeProgram), pids, manner],
    folder: folder.path,
    watchedFolder,
  };
  const child = spawn(process.execPath, [engineEntry, JSON.stringify(instructions)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child.pid ?? 0);
  await once(child.stdout, 'data');
  const tree = await readTree(pids);
  started.push(...Object.values(tree));
  return { child, tree, watchedFolder };
}

function readState(): RunState {
  const state = parseRunState(readFileSync(join(runFiles, `${tag}.json`), 'utf8'));
  if (state === null) {
    throw new Error('The run file holds no run.');
  }
  return state;
}

function guardPid(): number {
  return readState().guard?.pid ?? 0;
}

/** The same program without the tag: whoever ends it is wrong. */
async function startInnocent(): Promise<number> {
  const pids = join(folder.path, 'innocent');
  mkdirSync(pids);
  const child = spawn(testPython(), [folder.write('tree.py', treeProgram), pids, 'obeys'], {
    detached: true,
    stdio: 'ignore',
  });
  const tree = await readTree(pids);
  started.push(...Object.values(tree));
  return child.pid ?? 0;
}

const survivorsOf = (engine: TestEngine): string[] =>
  Object.entries(engine.tree)
    .filter(([, pid]) => isRunning(pid))
    .map(([name]) => name);

describe('when the engine is killed', () => {
  test.each(['obeys', 'ignores'] as const)('nothing of a tree that %s SIGTERM is left within 2 s', async (manner) => {
    const innocent = await startInnocent();
    const engine = await startEngine(manner);
    const guard = guardPid();
    expect(survivorsOf(engine)).toHaveLength(5);
    const startMs = performance.now();
    engine.child.kill('SIGKILL');
    await until('no survivors', () => survivorsOf(engine).length === 0);
    const tookMs = performance.now() - startMs;
    process.stderr.write(`[measured] ${manner} SIGTERM: no survivors after ${tookMs.toFixed(0)} ms\n`);
    await until('the guard ends', () => !isRunning(guard));
    expect(tookMs).toBeLessThan(2_000);
    expect(existsSync(engine.watchedFolder)).toBe(false);
    expect(namesIn(runFiles)).toEqual([]);
    expect(isRunning(innocent)).toBe(true);
  });

  test('and its guard too, the next start sweeps the run and nothing else', async () => {
    const innocent = await startInnocent();
    const engine = await startEngine('ignores');
    const guard = guardPid();
    // Stopped first, so that it cannot put another guard in place.
    engine.child.kill('SIGSTOP');
    process.kill(guard, 'SIGKILL');
    engine.child.kill('SIGKILL');
    await until('both are gone', () => !isRunning(guard) && !isRunning(engine.child.pid ?? 0));
    expect(survivorsOf(engine)).toHaveLength(5);

    const swept = await sweepAbandonedRuns(runFiles);

    expect(survivorsOf(engine)).toEqual([]);
    expect(swept).toHaveLength(1);
    expect(swept[0]).toMatchObject({ tag, deletedFolders: [engine.watchedFolder] });
    expect([...(swept[0]?.endedPids ?? [])].sort()).toEqual(Object.values(engine.tree).sort());
    expect(existsSync(engine.watchedFolder)).toBe(false);
    expect(namesIn(runFiles)).toEqual([]);
    expect(isRunning(innocent)).toBe(true);
  });
});

describe('a sweep', () => {
  test('leaves a run alone whose engine lives, or whose guard does', async () => {
    const engine = await startEngine('obeys');
    const first = guardPid();
    engine.child.kill('SIGSTOP');
    process.kill(first, 'SIGKILL');
    await until('the guard is gone', () => !isRunning(first));
    expect(await sweepAbandonedRuns(runFiles)).toEqual([]);
    engine.child.kill('SIGCONT');
    await until('another guard stands', () => guardPid() !== first);
    const second = guardPid();
    process.kill(second, 'SIGSTOP');
    engine.child.kill('SIGKILL');
    await until('the engine is gone', () => !isRunning(engine.child.pid ?? 0));
    expect(await sweepAbandonedRuns(runFiles)).toEqual([]);
    expect(survivorsOf(engine)).toHaveLength(5);
    process.kill(second, 'SIGCONT');
    await until('the guard ends', () => !isRunning(second));
    expect(survivorsOf(engine)).toEqual([]);
  });

  test('never touches a process whose number was recorded for another one', async () => {
    const innocent = await startInnocent();
    mkdirSync(runFiles);
    const own = await guardlessState();
    const group = { pid: innocent, startTicks: 1 };
    writeFileSync(own.runFile, JSON.stringify({ ...own, groups: [group], folders: [folder.path, '/etc/hostname'] }));
    const swept = await sweepAbandonedRuns(runFiles);
    expect(swept).toEqual([{ tag, endedPids: [], deletedFolders: [] }]);
    expect(isRunning(innocent)).toBe(true);
    expect(existsSync(folder.path)).toBe(true);
  });

  test.each([
    ['another machine', { host: 'elsewhere' }, 0],
    ['another container', { pidNamespace: 'pid:[1]' }, 0],
    ['the time before a restart', { boot: 'earlier' }, 1],
  ])('of a run of %s ends no process', async (_, machine, count) => {
    const engine = await startEngine('obeys');
    engine.child.kill('SIGSTOP');
    const state = readState();
    process.kill(guardPid(), 'SIGKILL');
    engine.child.kill('SIGKILL');
    await until('both are gone', () => !isRunning(state.guard?.pid ?? 0) && !isRunning(state.engine.pid));
    writeFileSync(state.runFile, JSON.stringify({ ...state, machine: { ...state.machine, ...machine } }));
    expect(await sweepAbandonedRuns(runFiles)).toHaveLength(count);
    expect(existsSync(state.runFile)).toBe(count === 0);
    expect(survivorsOf(engine)).toHaveLength(5);
  });

  test('passes over files that are no run files, and a folder that is not there', async () => {
    mkdirSync(runFiles);
    writeFileSync(join(runFiles, 'notes.json'), '{"tag": 1}');
    writeFileSync(join(runFiles, 'broken.json'), '{');
    expect(await sweepAbandonedRuns(runFiles)).toEqual([]);
    expect(namesIn(runFiles).sort()).toEqual(['broken.json', 'notes.json']);
    expect(await sweepAbandonedRuns(join(runFiles, 'none'))).toEqual([]);
  });

  /** A run file as a run leaves it whose engine and guard are gone. */
  async function guardlessState(): Promise<RunState> {
    const guard = await startTestGuard();
    const state = readState();
    await guard.close();
    return { ...state, engine: { pid: 2 ** 22 - 1, startTicks: 1 }, guard: null };
  }
});

function startTestGuard(): Promise<Guard> {
  return startGuard({
    tag,
    entry: guardEntry,
    runFilesFolder: runFiles,
    environment: { PATH: process.env['PATH'] ?? '' },
  });
}

describe('a guard', () => {
  test('that is killed is replaced, and the new one knows what the old one knew', async () => {
    const guard = await startTestGuard();
    const watched = createRunFolder(tag, folder.path);
    guard.watchFolder(watched);
    const first = guardPid();
    const replaced = new Promise<void>((resolve) => guard.onReplaced(resolve));
    process.kill(first, 'SIGKILL');
    await replaced;
    const second = guardPid();
    expect(second).not.toBe(first);
    expect(isRunning(second)).toBe(true);
    await guard.close();
    expect(isRunning(second)).toBe(false);
    expect(existsSync(watched)).toBe(false);
  });

  test('outlives Ctrl-C, a closed terminal and a session’s end', async () => {
    const guard = await startTestGuard();
    const pid = guardPid();
    expect(readProcStat(pid)?.sessionId).toBe(pid);
    // Caught signals, a bit for each number from 1 (proc_pid_status(5)).
    const caught = Number.parseInt(
      /^SigCgt:\s+([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '',
      16,
    );
    for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) {
      expect([signal, Math.floor(caught / 2 ** (constants.signals[signal] - 1)) % 2]).toEqual([signal, 1]);
      process.kill(pid, signal);
    }
    const watched = createRunFolder(tag, folder.path);
    guard.watchFolder(watched);
    expect(guardPid()).toBe(pid);
    await guard.close();
    expect(existsSync(watched)).toBe(false);
  });

  test('ends on close what still carries the tag, and only then', async () => {
    const guard = await startTestGuard();
    const pids = join(folder.path, 'pids');
    mkdirSync(pids);
    const tree = folder.write('tree.py', treeProgram);
    const process_ = await startProcess(
      {
        name: 'tree',
        command: [testPython(), tree, pids, 'obeys'],
        cwd: folder.path,
        environment: { PATH: process.env['PATH'] ?? '' },
        secrets: [],
        logFile: join(folder.path, 'tree.log'),
      },
      guard,
    );
    const pidsOfTree = Object.values(await readTree(pids));
    started.push(...pidsOfTree);
    expect(readState().groups.map((group) => group.pid)).toEqual([process_.pid]);
    await guard.close();
    expect(pidsOfTree.filter(isRunning)).toEqual([]);
    expect((await process_.exited).signal).toBe('SIGTERM');
    expect(namesIn(runFiles)).toEqual([]);
  });

  test('ends a group by its leader where the tag is hidden, as setproctitle hides it', async () => {
    const guard = await startTestGuard();
    const program = folder.write('hidden.py', hiddenProgram);
    const leader = await startProcess(
      {
        name: 'hidden',
        command: [testPython(), program],
        cwd: folder.path,
        environment: { PATH: process.env['PATH'] ?? '' },
        secrets: [],
        logFile: join(folder.path, 'hidden.log'),
      },
      guard,
    );
    const child = Number(await leader.waitForLine(/^\d+$/, AbortSignal.timeout(10_000)));
    started.push(leader.pid, child);
    expect([leader.pid, child].map((pid) => hasEnvironmentValue(pid, runTagVariable, tag))).toEqual([false, false]);
    await guard.close();
    expect([leader.pid, child].map(isRunning)).toEqual([false, false]);
  });

  test('that is killed while it closes is made up for', async () => {
    const guard = await startTestGuard();
    const watched = createRunFolder(tag, folder.path);
    guard.watchFolder(watched);
    const pid = guardPid();
    process.kill(pid, 'SIGSTOP');
    const closed = guard.close();
    process.kill(pid, 'SIGKILL');
    await closed;
    expect(existsSync(watched)).toBe(false);
    expect(namesIn(runFiles)).toEqual([]);
  });

  test('takes a folder back, and takes no folder that is not the run’s', async () => {
    const guard = await startTestGuard();
    const watched = createRunFolder(tag, folder.path);
    guard.watchFolder(watched);
    guard.releaseFolder(watched);
    expect(readState().folders).toEqual([]);
    expect(() => guard.watchFolder(folder.path)).toThrow(/Not in a folder of this run/);
    await guard.close();
    expect(existsSync(watched)).toBe(true);
  });

  test('does not keep the engine alive', async () => {
    const program = await bundleEntry('startGuard.ts', bundles.path);
    const code = `require(${JSON.stringify(program)}).startGuard(JSON.parse(process.argv[1]))`;
    const options = { tag, entry: guardEntry, runFilesFolder: runFiles, environment: {} };
    const child = spawn(process.execPath, ['-e', code, JSON.stringify(options)], { stdio: 'inherit' });
    const [exitCode]: unknown[] = await once(child, 'exit');
    expect(exitCode).toBe(0);
    await until('its guard ends with it', () => namesIn(runFiles).length === 0);
  });

  test('that cannot start, or cannot write its run file, is a UserError', async () => {
    const options = { tag, entry: join(folder.path, 'none.js'), runFilesFolder: runFiles, environment: {} };
    await expect(startGuard(options)).rejects.toThrow(UserError);
    expect(namesIn(runFiles)).toEqual([]);
    const file = folder.write('file', '');
    await expect(startGuard({ ...options, runFilesFolder: join(file, 'runs') })).rejects.toThrow(/cannot be written/);
  });
});
