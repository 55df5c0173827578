import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProgramOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Each line that it writes, to either stream, as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface ProgramResult {
  /** Exit status; null when a signal ended it, or it could not be started. */
  readonly code: number | null;
  /** There is no such program. */
  readonly isMissing: boolean;
  /** The last lines that it wrote. */
  readonly lines: readonly string[];
}

const keptLines = 400;
const graceMs = 3_000;

/**
 * Runs a program without stdin. Rejects only with the signal's reason, after the program and whatever it started have ended;
 * neither do they outlive this process's own orderly end.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { environment, signal, onLine }: ProgramOptions,
): Promise<ProgramResult> {
  signal.throwIfAborted();
  // A group of its own, so that pip's helpers are ended with it.
  const child = spawn(command, args, {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      onLine?.(line);
    });
  }
  const killNow = (): void => endGroup(child, 'SIGKILL');
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    endGroup(child, 'SIGTERM');
    timer = setTimeout(killNow, graceMs);
  };
  process.once('exit', killNow);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const { code, error } = await endOf(child);
    signal.throwIfAborted();
    if (error !== null) lines.push(error.message);
    return { code, isMissing: error !== null && 'code' in error && error.code === 'ENOENT', lines };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    process.off('exit', killNow);
  }
}

function endOf(child: ChildProcess): Promise<{ readonly code: number | null; readonly error: Error | null }> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, error }));
    child.once('close', (code) => resolve({ code, error: null }));
  });
}

function endGroup(child: ChildProcess, how: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, how);
  } catch {
    // The group has ended meanwhile.
  }
}
