import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { execa } from 'execa';
import type { Exit } from '../../shared/record';
import { UserError } from '../../shared/userError';
import { unixMs } from '../sample/unixMs';
import { describeExit } from './explainExit';
import { findGroupMembers } from './findRunProcesses';
import { lastLines } from './lastLines';
import { recordOutput, type ProcessOutput } from './processOutput';
import { runTagVariable, type Guard, type ManagedProcess, type ProcessSpec } from './processes';
import { stopProcess, type StopOptions, type StoppedProcess } from './stopProcess';

/** An orphan may hold the streams open for ever: what the process itself wrote has come by then. */
const outputLimitMs = 250;

/**
 * Starts a target or companion in a process group and session of its own, watched by the guard. The run's tag is added to
 * its environment. Throws a UserError when the program cannot be started at all; whether it then works is for
 * `waitUntilReady` to find out.
 */
export async function startProcess(spec: ProcessSpec, guard: Guard): Promise<ManagedProcess> {
  const startedAtMs = unixMs();
  const child = await launch(spec, guard.tag);
  guard.watchGroup(child.pid);
  const { output } = child;
  let exit: Exit | null = null;
  let exitedAtMs = 0;
  let isForced = false;

  const exited = child.ended.then(async ({ code, signal }) => {
    exitedAtMs = performance.now();
    exit = { code, signal, forced: isForced };
    if (findGroupMembers(child.pid).length === 0) {
      guard.releaseGroup(child.pid);
    }
    await Promise.race([output.finished, wait(outputLimitMs, undefined, { ref: false })]);
    return { code, signal, forced: isForced };
  });
  let stopping: Promise<StoppedProcess> | undefined;

  return {
    name: spec.name,
    pid: child.pid,
    startedAtMs,
    exited,
    hasExited: () => exit !== null,
    tail: () => output.tail(),
    waitForLine: (pattern, signal) => waitForLine({ name: spec.name, output, exited, pattern, signal }),
    stop: (options) => (stopping ??= stop(options)),
  };

  /** The first call decides: later ones wait for the same end. */
  async function stop(options: StopOptions): Promise<StoppedProcess> {
    const stopped = await stopProcess(
      {
        pid: child.pid,
        tag: guard.tag,
        exited,
        exitedAtMs: () => (exit === null ? null : exitedAtMs),
        onForced: () => {
          isForced = true;
        },
      },
      options,
    );
    guard.releaseGroup(child.pid);
    return stopped;
  }
}

interface Launched {
  readonly pid: number;
  readonly output: ProcessOutput;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

async function launch(spec: ProcessSpec, tag: string): Promise<Launched> {
  const [program = '', ...words] = spec.command;
  const folder = statSync(spec.cwd, { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) {
    throw new UserError('target', `The folder ${spec.cwd}, in which ${spec.name} is to start, does not exist.`, {
      hint: 'Correct "cwd" of the target in the project file (or --cwd).',
    });
  }
  makeLogFolder(spec.logFile);
  // execa for what it knows of programs and quoting on Windows. Its own end-of-process logic is left off: its promise
  // waits for the streams, which an orphan may hold open, so `exit` is listened to, and stopping is ours.
  const child = execa(program, words, {
    cwd: spec.cwd,
    env: { ...spec.environment, [runTagVariable]: tag },
    extendEnv: false,
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    windowsHide: true,
  });
  const { pid } = child;
  if (pid === undefined) {
    throw startError(spec, await child);
  }
  child.catch(() => undefined);
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => ({
    code: typeof code === 'number' ? code : null,
    signal: typeof signal === 'string' ? signal : null,
  }));
  return { pid, ended, output: recordOutput([child.stdout, child.stderr], spec) };
}

function makeLogFolder(logFile: string): void {
  try {
    mkdirSync(dirname(logFile), { recursive: true });
  } catch (cause) {
    throw new UserError('usage', `The folder ${dirname(logFile)} for logs cannot be made.`, {
      hint: 'Make the folder above it writable, or name another one with --out.',
      cause,
    });
  }
}

function startError(
  spec: ProcessSpec,
  result: { readonly code?: string | undefined; readonly message?: string | undefined },
): UserError {
  const program = spec.command[0] ?? '';
  if (result.code === 'ENOENT') {
    const isPath = /[/\\]/.test(program);
    return new UserError('target', `${spec.name} could not start: there is no program ${program}.`, {
      hint: isPath
        ? 'Correct the first word of its "command"; if the file is there, the interpreter in its first line (#!) is missing.'
        : 'Install it, or write its full path, or ["{python}", "-m", …], into "command".',
      cause: result,
    });
  }
  if (result.code === 'EACCES') {
    return new UserError('target', `${spec.name} could not start: ${program} may not be executed.`, {
      hint: `Make it executable (chmod +x ${program}), or start it through its interpreter in "command".`,
      cause: result,
    });
  }
  return new UserError('target', `${spec.name} could not start: ${result.message ?? 'unknown reason'}`, {
    hint: 'Correct its "command" in the project file.',
    cause: result,
  });
}

interface LineWait {
  readonly name: string;
  readonly output: ProcessOutput;
  readonly exited: Promise<Exit>;
  readonly pattern: RegExp;
  readonly signal: AbortSignal;
}

async function waitForLine({ name, output, exited, pattern, signal }: LineWait): Promise<string> {
  signal.throwIfAborted();
  // Without these flags `test` has no memory.
  const matcher = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  const seen = output.tail().find((line) => matcher.test(line));
  if (seen !== undefined) {
    return seen;
  }
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      removeListener();
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = (): void => finish(() => reject(abortReason(signal)));
    const removeListener = output.onLine((line) => {
      if (matcher.test(line)) {
        finish(() => resolve(line));
      }
    });
    signal.addEventListener('abort', onAbort, { once: true });
    void exited.then((exit) =>
      finish(() =>
        reject(
          new UserError('target', `${name} ended (${describeExit(exit)}) before it was ready.`, {
            hint: `Ready means a line that matches /${pattern.source}/. ${lastLines(output.tail())}`,
          }),
        ),
      ),
    );
  });
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('Stopped.', { cause: signal.reason });
}
