import path from 'node:path';
import { UserError } from '../../shared/userError';
import { runToEnd, type EndedProgram } from '../runToEnd';
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

/** Runs a command of the user's to its end: state, servers, an app elsewhere. Resolves with what it wrote; throws `UserError('target')` with its last lines when it fails. */
export async function runStateCommand(request: StateCommand, signal: AbortSignal): Promise<string> {
  const [program = '', ...words] = request.command;
  const { cwd, environment } = request;
  const result = await runToEnd(request.command, { cwd, environment, signal, timeoutMs });
  if (result.exitCode === 0) return result.text;
  const lines = result.text.trim().split('\n').slice(-15);
  const missing = explainMissingModule({ name: request.purpose, lines, pythonPath: request.pythonPath });
  if (missing !== null) throw missing;
  throw new UserError(
    'target',
    `${request.purpose} failed: ${[path.basename(program), ...words].join(' ')} (${describeEnd(result)})`,
    { hint: result.text ? `Its last lines:\n${lines.join('\n')}` : 'It wrote nothing.' },
  );
}

function describeEnd(result: EndedProgram): string {
  if (result.timedOut) return `not done after ${timeoutMs / 1000} s`;
  if (result.code === 'ENOENT') return 'no such program';
  return `exit code ${result.exitCode ?? 'unknown'}`;
}
