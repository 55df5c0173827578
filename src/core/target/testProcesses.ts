import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { readProcStat, hasEnded } from '../sample/procStat';

/** What the tests of this folder share: programs to run, bundles of entries, a place to work in. */
export interface TestFolder {
  readonly path: string;
  /** Writes a file and returns its path. */
  write(name: string, text: string): string;
  remove(): void;
}

export function createTestFolder(): TestFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'insights-test-')));
  return {
    path,
    write(name, text) {
      const file = join(path, name);
      writeFileSync(file, text);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Bundles a process entry of this folder as the build does, and returns the bundle's path. */
export async function bundleEntry(entry: string, folder: string): Promise<string> {
  const outfile = join(folder, entry.replace(/\.ts$/, '.js'));
  await build({
    entryPoints: [join(__dirname, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.18',
    format: 'cjs',
    logLevel: 'error',
  });
  return outfile;
}

let foundPython: string | undefined;

/** The interpreter itself: `python3` on PATH may be a wrapper that starts slowly. */
export function testPython(): string {
  foundPython ??= execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
  return foundPython;
}

/** Polls until the condition holds; throws when it does not within the limit. */
export async function until(what: string, condition: () => boolean, limitMs = 20_000): Promise<void> {
  const limit = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > limit) {
      throw new Error(`Not within ${limitMs} ms: ${what}`);
    }
    await wait(5);
  }
}

export function isRunning(pid: number): boolean {
  const stat = readProcStat(pid);
  return stat !== null && !hasEnded(stat);
}

/**
 * A process tree that is hard to end: leader, child, grandchild, a child in a session of its own, and an orphan in one.
 * Each writes its pid into `FOLDER/<name>.pid`. Usage: tree.py FOLDER obeys|ignores
 */
export const treeProgram = `
import os, signal, sys
folder, manner = sys.argv[1:3]
if manner == 'ignores':
    signal.signal(signal.SIGTERM, signal.SIG_IGN)

def stay(name):
    draft = os.path.join(folder, name + '.draft')
    with open(draft, 'w') as file:
        file.write(str(os.getpid()))
    os.rename(draft, os.path.join(folder, name + '.pid'))
    while True:
        signal.pause()

def branch(body):
    pid = os.fork()
    if pid == 0:
        body()
        os._exit(0)
    return pid

def child():
    branch(lambda: stay('grandchild'))
    stay('child')

def session():
    os.setsid()
    stay('session')

def orphan():
    os.setsid()
    branch(lambda: stay('orphan'))

branch(child)
branch(session)
os.waitpid(branch(orphan), 0)
stay('leader')
`;

export const treeNames = ['leader', 'child', 'grandchild', 'session', 'orphan'] as const;

/** The pids of a whole tree, once every process of it stands. */
export async function readTree(folder: string): Promise<Record<(typeof treeNames)[number], number>> {
  await until('the tree stands', () => treeNames.every((name) => existsSync(join(folder, `${name}.pid`))));
  const pid = (name: string): number => Number(readFileSync(join(folder, `${name}.pid`), 'utf8'));
  return {
    leader: pid('leader'),
    child: pid('child'),
    grandchild: pid('grandchild'),
    session: pid('session'),
    orphan: pid('orphan'),
  };
}

export function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
