import { execa } from 'execa';

export interface ProgramGround {
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Left out: this process's own. */
  readonly cwd?: string;
}

/** How a program has ended, and what it wrote. */
export interface EndedProgram {
  /** Undefined: it was not started, or ended by a signal. */
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  /** `ENOENT`: there is no such program. */
  readonly code: string | undefined;
  readonly stdout: string;
  /** With its standard error, in the order of writing. */
  readonly text: string;
}

/** Runs a program to its end, without input. Rejects when aborted; however else it ends stands in the answer. */
export async function runToEnd(
  [program = '', ...words]: readonly string[],
  { environment, signal, timeoutMs, cwd }: ProgramGround,
): Promise<EndedProgram> {
  const result = await execa(program, words, {
    ...(cwd === undefined ? {} : { cwd }),
    env: environment,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: timeoutMs,
    cancelSignal: signal,
  });
  if (result.exitCode !== 0) signal.throwIfAborted();
  const { exitCode, timedOut, code } = result;
  // A program that is not there wrote nothing.
  return { exitCode, timedOut, code, stdout: result.stdout ?? '', text: result.all ?? '' };
}
