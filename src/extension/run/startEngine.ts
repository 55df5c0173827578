import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { RunEvent } from '../../shared/events';
import type { RunRequest } from '../../shared/runRequest';
import { exitCodes } from '../../shared/userError';
import { createEventStream, type EventStream } from './eventStream';
import { createKiller, type Killer } from './createKiller';

export interface EngineStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly request: RunRequest;
  /** In order, in batches; the last event of the last batch is `run-finished`, whatever happens to the engine. */
  readonly onEvents: (events: readonly RunEvent[]) => void;
  /** What the engine wrote that is no event: stray lines, its stderr. */
  readonly onStrayLine: (line: string) => void;
  readonly limits?: Partial<EngineLimits>;
}

export interface EngineLimits {
  readonly batchMs: number;
  /** Events that may wait for the next batch before the engine's output is left in its pipe. */
  readonly waitingEvents: number;
  /** After `run-finished`, until the engine has exited. */
  readonly exitMs: number;
  /** After a forced end was asked for, clean-up and reports included. */
  readonly forcedEndMs: number;
  /** After the exit, for output that a child of the engine's might hold open. */
  readonly drainMs: number;
}

const usualLimits: EngineLimits = {
  batchMs: 100,
  waitingEvents: 2000,
  exitMs: 10_000,
  forcedEndMs: 30_000,
  drainMs: 1000,
};

/** The engine's process while it runs. */
export interface Engine {
  readonly pid: number | undefined;
  /** Resolves when it has exited and its last event was handed on. Never rejects. */
  readonly ended: Promise<void>;
  /** Asks for a graceful end. */
  stop(): void;
  /** Asks for the end without waiting for the app's exit. An engine that does not obey is killed; its guard cleans up. */
  force(): void;
  /** Closes its stdin: it ends at once, by itself, even when nobody is left to wait for it. */
  dispose(): void;
}

const keptErrorLines = 15;

/** Starts the engine, hands it the request, and follows it until it has exited. */
export function startEngine(start: EngineStart): Engine {
  const limits = { ...usualLimits, ...start.limits };
  const child = spawn(start.program, [...start.args], {
    cwd: start.cwd,
    env: { ...start.environment },
    // A Ctrl-C in the terminal that the editor was started from must not reach it: it ends by its stdin, with its record kept.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const stream = createEventStream({
    batchMs: limits.batchMs,
    onStrayLine: start.onStrayLine,
    onEvents: (events) => {
      start.onEvents(events);
      child.stdout.resume();
    },
  });
  const killer = createKiller(child);
  followOutput(child, stream, limits, killer);
  const errorLines = followErrors(child, start.onStrayLine);
  const ended = followEnd(child, stream, limits, { errorLines, killer });
  // Whoever writes to an engine that has gone gets EPIPE; its exit tells the rest.
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(start.request)}\n`);
  let isStopping = false;
  const ask = (type: 'stop' | 'force'): void => {
    if (stream.isFinished) return;
    if (!isStopping) stream.add({ atMs: Date.now(), type: 'stopping', reason: 'asked for in the editor' });
    isStopping = true;
    child.stdin.write(`${JSON.stringify({ type })}\n`);
  };
  return {
    pid: child.pid,
    ended,
    stop: () => ask('stop'),
    force() {
      ask('force');
      killer.after(limits.forcedEndMs);
    },
    dispose() {
      child.stdin.end();
      killer.after(limits.forcedEndMs);
    },
  };
}

function followOutput(
  child: ChildProcessWithoutNullStreams,
  stream: EventStream,
  limits: EngineLimits,
  killer: Killer,
): void {
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    const wasFinished = stream.isFinished;
    stream.push(text);
    if (stream.waiting >= limits.waitingEvents) child.stdout.pause();
    if (wasFinished || !stream.isFinished) return;
    child.stdin.end();
    killer.after(limits.exitMs);
  });
}

function followErrors(child: ChildProcessWithoutNullStreams, onStrayLine: (line: string) => void): readonly string[] {
  const lines: string[] = [];
  let rest = '';
  const take = (line: string): void => {
    if (line.trim() === '') return;
    onStrayLine(line);
    lines.push(line);
    if (lines.length > keptErrorLines) lines.shift();
  };
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    parts.forEach(take);
  });
  child.stderr.on('end', () => {
    take(rest);
  });
  return lines;
}

function followEnd(
  child: ChildProcessWithoutNullStreams,
  stream: EventStream,
  limits: EngineLimits,
  { errorLines, killer }: { readonly errorLines: readonly string[]; readonly killer: Killer },
): Promise<void> {
  return new Promise((resolve) => {
    let drainTimer: NodeJS.Timeout | null = null;
    let startError: Error | null = null;
    const finish = (): void => {
      killer.cancel();
      if (drainTimer !== null) clearTimeout(drainTimer);
      for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
      stream.end();
      if (!stream.isFinished) stream.add(unexpectedEnd(child, startError, errorLines, killer.hasKilled));
      stream.flush();
      resolve();
    };
    child.on('error', (error) => {
      if (child.pid !== undefined) return;
      startError = error;
      finish();
    });
    child.once('exit', () => {
      drainTimer = setTimeout(finish, limits.drainMs);
    });
    child.once('close', finish);
  });
}

/** What ends a run whose engine did not end it itself. */
function unexpectedEnd(
  child: ChildProcessWithoutNullStreams,
  startError: Error | null,
  errorLines: readonly string[],
  hasKilled: boolean,
): RunEvent {
  const how = child.signalCode ?? `exit code ${child.exitCode ?? '?'}`;
  const message = startError
    ? `The engine could not be started: ${startError.message}`
    : hasKilled
      ? 'The engine did not end when asked to and was killed'
      : `The engine ended before the run did (${how})`;
  const hint = startError
    ? 'Reload the window; if that does not help, install the extension again.'
    : errorLines.length > 0
      ? `Its last lines:\n${errorLines.join('\n')}`
      : 'Finished trials were kept. Show Log says what happened before.';
  return { atMs: Date.now(), type: 'run-finished', exitCode: exitCodes.bug, error: { message, hint } };
}
