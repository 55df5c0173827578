import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface PythonHelperOptions {
  readonly pythonPath: string;
  /** What it runs: answers each line on stdin with one line on stdout, in order. */
  readonly program: string;
  readonly words?: readonly string[];
  /** The helper's whole environment; carries the run's tag, so that the guard ends it with the rest. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A small Python program beside the run that does what Node cannot, asked line by line. */
export interface PythonHelper {
  /** 0: it could not be started. */
  readonly pid: number;
  isAlive(): boolean;
  /** The answer; null when the helper is gone. One that does not answer within `limitMs` is given up for good. */
  ask(line: string, limitMs: number): Promise<string | null>;
  close(): Promise<void>;
}

type Resolve = (answer: string | null) => void;

/** Starts it. It never keeps this process alive while no question is open, and never rejects. */
export function startPythonHelper(options: PythonHelperOptions): PythonHelper {
  // A session of its own: Ctrl-C in the terminal must not end it before the engine does.
  const child = spawn(options.pythonPath, ['-I', '-S', '-c', options.program, ...(options.words ?? [])], {
    env: options.environment,
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  const waiting: Resolve[] = [];
  let isAlive = true;

  function giveUp(): void {
    isAlive = false;
    child.kill('SIGKILL');
    waiting.splice(0).forEach((resolve) => resolve(null));
    holdLoop(child.stdout, false);
  }

  child.once('error', giveUp);
  child.once('exit', giveUp);
  child.stdin.on('error', giveUp);
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.(line);
    holdLoop(child.stdout, waiting.length > 0);
  });
  child.unref();
  holdLoop(child.stdout, false);

  return {
    pid: child.pid ?? 0,
    isAlive: () => isAlive,
    ask(line, limitMs) {
      if (!isAlive) return Promise.resolve(null);
      return new Promise((resolve) => {
        const timer = setTimeout(giveUp, limitMs);
        waiting.push((answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        holdLoop(child.stdout, true);
        child.stdin.write(`${line}\n`);
      });
    },
    async close() {
      if (isAlive && child.exitCode === null && child.signalCode === null) {
        child.ref();
        const ended = once(child, 'exit');
        child.stdin.end();
        await ended;
      }
    },
  };
}

/** Only an open question keeps this process alive, an idle helper does not. */
function holdLoop(answers: Readable, isHeld: boolean): void {
  if (answers instanceof Socket) {
    if (isHeld) {
      answers.ref();
    } else {
      answers.unref();
    }
  }
}
