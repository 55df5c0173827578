import path from 'node:path';
import { execa } from 'execa';
import { UserError } from '../../shared/userError';
import { explainMissingModule } from '../target/explainExit';

export interface StateCommand {
  /** What it is for, in words: `Preparing flask`. */
  readonly purpose: string;
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pythonPath: string;
}

const timeoutMs = 300_000;

/** Runs a command of the user's that makes or resets state. Throws `UserError('target')` with its last lines when it fails. */
export async function runStateCommand(request: StateCommand, signal: AbortSignal): Promise<void> {
  const [program = '', ...words] = request.command;
  const result = await execa(program, words, {
    cwd: request.cwd,
    env: request.environment,
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: timeoutMs,
    cancelSignal: signal,
  });
  if (result.exitCode === 0) return;
  signal.throwIfAborted();
  const lines = (result.all ?? '').trim().split('\n').slice(-15);
  const missing = explainMissingModule({ name: request.purpose, lines, pythonPath: request.pythonPath });
  if (missing !== null) throw missing;
  throw new UserError(
    'target',
    `${request.purpose} failed: ${[path.basename(program), ...words].join(' ')} (${describeEnd(result)})`,
    { hint: result.all ? `Its last lines:\n${lines.join('\n')}` : 'It wrote nothing.' },
  );
}

function describeEnd(result: { exitCode?: number | undefined; timedOut: boolean; code?: string | undefined }): string {
  if (result.timedOut) return `not done after ${timeoutMs / 1000} s`;
  if (result.code === 'ENOENT') return 'no such program';
  return `exit code ${result.exitCode ?? 'unknown'}`;
}
