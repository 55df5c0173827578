import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { findRunProcesses } from './findRunProcesses';
import { killUntilClean, sweepMs } from './killUntilClean';
import type { StopCommand } from './processes';
import { isAlive } from './processIdentity';
import { deleteInRunFolder } from './runFolder';
import { runFileDraft, type RunState } from './runState';
import { sendSignal } from './sendSignal';

const graceMs = 500;
const stopLimitMs = 60_000;

export interface EndedRun {
  readonly endedPids: readonly number[];
  /** Alive in spite of SIGKILL (a process stuck in the kernel). Then the run file stays, for the next sweep. */
  readonly leftPids: readonly number[];
  readonly deletedFolders: readonly string[];
}

/**
 * Ends every process of a run (SIGTERM, 500 ms, SIGKILL until nothing is found), runs the commands that stop what is not ours to run (each at
 * most 60 s), deletes its folders and its run file.
 * Never touches the caller or a living engine. Takes some 20 ms when nothing is left.
 */
export async function endRun(state: RunState): Promise<EndedRun> {
  const ended = new Set<number>();
  const find = (): number[] => {
    const except = isAlive(state.engine) ? [process.pid, state.engine.pid] : [process.pid];
    const found = findRunProcesses({ tag: state.tag, groups: state.groups, except });
    found.forEach((pid) => ended.add(pid));
    return found;
  };

  const asked = new Set<number>();
  const graceEnd = performance.now() + graceMs;
  for (let found = find(); found.length > 0 && performance.now() < graceEnd; found = find()) {
    for (const pid of found.filter((one) => !asked.has(one))) {
      asked.add(pid);
      sendSignal(pid, 'SIGTERM');
    }
    await wait(sweepMs);
  }
  const leftPids = await killUntilClean(find);
  for (const stop of state.stops) await runStop(stop);
  const deletedFolders = state.folders.filter((folder) => deleteInRunFolder(folder, state.tag));
  if (leftPids.length === 0) {
    rmSync(state.runFile, { force: true });
    rmSync(runFileDraft(state.runFile), { force: true });
  }
  return { endedPids: [...ended], leftPids, deletedFolders };
}

/** Resolves when it has ended, however: nobody is left who could be told. */
async function runStop({ command: [program = '', ...words], cwd, environment }: StopCommand): Promise<void> {
  const child = spawn(program, words, {
    cwd,
    env: environment,
    stdio: 'ignore',
    timeout: stopLimitMs,
    killSignal: 'SIGKILL',
  });
  await new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
}
