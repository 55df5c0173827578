import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { parse, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { UserError } from '../../shared/userError';
import { identify } from './processIdentity';
import type { RunBook } from './runBook';
import type { RunState } from './runState';
import { sendSignal } from './sendSignal';

export interface GuardLaunch {
  /** Path of the bundled `guard.js`. */
  readonly entry: string;
  /** The guard's own environment. */
  readonly environment: Readonly<Record<string, string>>;
}

type GuardProcess = ChildProcessByStdio<Writable, Readable, null>;

const startLimitMs = 10_000;
const endLimitMs = 10_000;
/** A guard that does not last this long did not fail by accident: it is not replaced for ever. */
const stableMs = 1_000;
const mostReplacements = 5;

export interface GuardKeeper {
  readonly listeners: Set<() => void>;
  send(): void;
  end(): Promise<void>;
}

/** Holds a live guard: the moment one is found dead, another is started with the same state. */
export async function keepGuard(options: GuardLaunch, book: RunBook): Promise<GuardKeeper> {
  const listeners = new Set<() => void>();
  let isEnding = false;
  let failures = 0;
  let replacing: Promise<void> | undefined;
  let current = await launchGuard(options, book);
  let sinceMs = performance.now();
  watch();

  function watch(): void {
    if (hasExited(current)) {
      found();
    } else {
      current.once('exit', found);
    }
  }

  function found(): void {
    failures = performance.now() - sinceMs < stableMs ? failures + 1 : 0;
    replacing = isEnding ? undefined : replace();
  }

  async function replace(): Promise<void> {
    // After so many failures the run file alone stands in, for the next start.
    while (!isEnding && failures <= mostReplacements) {
      try {
        current = await launchGuard(options, book);
      } catch {
        failures += 1;
        continue;
      }
      sinceMs = performance.now();
      // What changed while it started.
      send(current, book.state());
      listeners.forEach((listener) => listener());
      watch();
      return;
    }
  }

  return {
    listeners,
    send: () => send(current, book.state()),
    async end() {
      isEnding = true;
      await replacing;
      await endGuard(current);
    },
  };
}

async function launchGuard(options: GuardLaunch, book: RunBook): Promise<GuardProcess> {
  const child = spawnGuard(options, book.state().runFile);
  book.guard = child.pid === undefined ? null : identify(child.pid);
  book.save();
  send(child, book.state());
  await waitUntilWatching(child);
  child.stdout.destroy();
  child.unref();
  return child;
}

function spawnGuard({ entry, environment }: GuardLaunch, runFile: string): GuardProcess {
  // node:child_process, since the guard needs the bare pipe: it is held open by our life and by nothing else.
  const child = spawn(process.execPath, [resolve(entry), runFile], {
    // A session of its own: Ctrl-C and the end of the terminal do not reach it.
    detached: true,
    // Inspector ports and preloaded modules are the engine's business; inside an editor the binary must be told to be Node.
    env: { ...environment, NODE_OPTIONS: '', ...('electron' in process.versions && { ELECTRON_RUN_AS_NODE: '1' }) },
    // Holds no folder that someone may want to remove.
    cwd: parse(resolve(entry)).root,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  child.on('error', () => undefined);
  // A guard that died leaves a broken pipe: `exit` tells, and it is replaced.
  child.stdin.on('error', () => undefined);
  child.stdout.on('error', () => undefined);
  return child;
}

async function waitUntilWatching(child: GuardProcess): Promise<void> {
  const limit = AbortSignal.timeout(startLimitMs);
  try {
    await Promise.race([
      once(child.stdout, 'data', { signal: limit }),
      once(child, 'exit', { signal: limit }).then(() => Promise.reject(new Error('It ended at once.'))),
    ]);
  } catch (cause) {
    child.kill('SIGKILL');
    throw new UserError('usage', `The guard process (${process.execPath} guard.js) did not start.`, {
      hint: 'Without it nothing would end your app if this program were killed. Build it with: npm run build',
      cause,
    });
  }
}

function send(child: GuardProcess, state: RunState): void {
  if (child.stdin.writable) {
    child.stdin.write(`${JSON.stringify(state)}\n`);
  }
}

/** The end of its stdin is what it waits for; it ends the run and itself. */
async function endGuard(child: GuardProcess): Promise<void> {
  if (hasExited(child)) {
    return;
  }
  child.ref();
  const ended = once(child, 'exit');
  const timer = setTimeout(() => sendSignal(child.pid ?? 0, 'SIGKILL'), endLimitMs);
  child.stdin.end();
  await ended;
  clearTimeout(timer);
}

function hasExited(child: GuardProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}
