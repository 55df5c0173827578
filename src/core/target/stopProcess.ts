import { setTimeout as wait } from 'node:timers/promises';
import type { Exit } from '../../shared/record';
import { hasEnvironmentValue } from '../sample/processEnvironment';
import { findGroupMembers } from './findRunProcesses';
import { runTagVariable, type ManagedProcess } from './processes';
import { sendSignal } from './sendSignal';

export type StopOptions = Parameters<ManagedProcess['stop']>[0];
export type StoppedProcess = Awaited<ReturnType<ManagedProcess['stop']>>;

export interface Stoppable {
  readonly pid: number;
  readonly tag: string;
  readonly exited: Promise<Exit>;
  /** When the leader ended, on the monotonic clock; null while it runs. */
  exitedAtMs(): number | null;
  /** Called before it is killed, so that its exit says so. */
  onForced(): void;
}

/** What the leader leaves behind in its group gets this long to end by itself. */
const stragglerMs = 500;
const killLimitMs = 5_000;
const pollMs = 10;

/**
 * SIGTERM to the leader alone, which is to end its own children; then the wait for the leader. Whoever is still in the group
 * after that is an orphan: it is asked once, then killed. A leader that outlasts `graceSeconds`, or `force`, is killed with
 * its group. `shutdownMs` is the leader's, from SIGTERM to its end; 0 when it had ended before.
 */
export async function stopProcess(target: Stoppable, options: StopOptions): Promise<StoppedProcess> {
  const { graceSeconds, force, onWait } = options;
  const startMs = performance.now();
  const isEnded = (): boolean => target.exitedAtMs() !== null;
  // The number of a leader that ended some time ago may lead another group by now: then only the tag tells ours.
  const tag = isEnded() ? target.tag : null;
  if (!isEnded()) {
    sendSignal(target.pid, 'SIGTERM');
    const hasEnded = await waitForExit({ exited: target.exited, graceSeconds, force, onWait });
    if (!hasEnded && !isEnded()) {
      target.onForced();
    }
  }
  const patienceMs = isEnded() && force?.aborted !== true ? stragglerMs : 0;
  await endGroup(() => findMembers(target.pid, tag), patienceMs);
  const exit = await Promise.race([target.exited, wait(killLimitMs, null, { ref: false })]);
  if (exit === null) {
    throw new Error(`Process ${target.pid} did not end ${killLimitMs / 1000} s after SIGKILL.`);
  }
  return { exit, shutdownMs: Math.max(0, (target.exitedAtMs() ?? startMs) - startMs) };
}

interface ExitWait {
  readonly exited: Promise<Exit>;
  readonly graceSeconds: number;
  readonly force: AbortSignal | undefined;
  readonly onWait: ((elapsedSeconds: number) => void) | undefined;
}

/** Whether it ended within the grace and before `force`. */
async function waitForExit({ exited, graceSeconds, force, onWait }: ExitWait): Promise<boolean> {
  if (force?.aborted === true) {
    return false;
  }
  let elapsedSeconds = 0;
  const ticker = setInterval(() => onWait?.((elapsedSeconds += 1)), 1000);
  let timer: NodeJS.Timeout | undefined;
  let onForce = (): void => undefined;
  try {
    return await new Promise<boolean>((resolve) => {
      onForce = () => resolve(false);
      force?.addEventListener('abort', onForce, { once: true });
      timer = setTimeout(() => resolve(false), graceSeconds * 1000);
      void exited.then(() => resolve(true));
    });
  } finally {
    clearInterval(ticker);
    clearTimeout(timer);
    force?.removeEventListener('abort', onForce);
  }
}

function findMembers(groupId: number, tag: string | null): number[] {
  const members = findGroupMembers(groupId);
  return tag === null ? members : members.filter((pid) => hasEnvironmentValue(pid, runTagVariable, tag));
}

/** Ends all that is in the group, itself included, and resolves when nothing of it lives. */
async function endGroup(find: () => number[], patienceMs: number): Promise<void> {
  const startMs = performance.now();
  let isAsked = false;
  for (let members = find(); members.length > 0; members = find()) {
    const elapsedMs = performance.now() - startMs;
    if (elapsedMs > patienceMs + killLimitMs) {
      throw new Error(`Processes ${members.join(', ')} did not end after SIGKILL.`);
    }
    if (elapsedMs >= patienceMs) {
      members.forEach((pid) => sendSignal(pid, 'SIGKILL'));
    } else if (!isAsked) {
      isAsked = true;
      members.forEach((pid) => sendSignal(pid, 'SIGTERM'));
    }
    await wait(pollMs);
  }
}
