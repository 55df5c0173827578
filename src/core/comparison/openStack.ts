import path from 'node:path';
import type { Plan } from '../../shared/plan';
import { startPrivateServers } from '../target/privateServers';
import type { Guard } from '../target/processes';
import { runStateCommand } from '../trial/runStateCommand';
import type { Stack } from '../trial/trialDeps';

export interface OpenStack extends Stack {
  close(): Promise<void>;
}

export interface StackSurroundings {
  readonly guard: Guard;
  /** Of this run, removed at its end. */
  readonly workFolder: string;
  /** What its processes inherit; with the run's tag. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const none: OpenStack = { environment: {}, processes: [], close: () => Promise.resolve() };

/** Starts the servers that a run was asked to bring along. Throws `UserError` when they do not come up; then nothing of them runs. */
export async function openStack(
  { stack, target }: Plan,
  { guard, workFolder, environment, signal }: StackSurroundings,
): Promise<OpenStack> {
  if (stack === null) return none;
  if (stack.type === 'private') {
    const folder = path.join(workFolder, 'servers');
    const logFile = path.join(workFolder, 'servers.log');
    return startPrivateServers({ folder, guard, environment, logFile, signal });
  }
  const run = async (purpose: string, command: readonly string[] | null, until: AbortSignal): Promise<void> => {
    if (command === null) return;
    const whole = { ...environment, ...stack.environment };
    const pythonPath = target.python.path;
    await runStateCommand({ purpose, command, cwd: stack.cwd, environment: whole, pythonPath }, until);
  };
  const close = async (): Promise<void> =>
    run(`Stopping the stack ${stack.name}`, stack.stop, new AbortController().signal);
  try {
    await run(`Starting the stack ${stack.name}`, stack.start, signal);
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return { environment: stack.environment, processes: [], close };
}
