import { setTimeout as wait } from 'node:timers/promises';
import { sendSignal } from './sendSignal';

/** Between two looks at the processes that there are. */
export const sweepMs = 15;
const killLimitMs = 5_000;

/**
 * Kills what `find` finds until it has found nothing twice in a row, some ms apart: a process that is born while /proc is being listed may be
 * missed, and one that is just becoming another program shows no environment for a moment. Returns who lives after 5 s all the same.
 */
export async function killUntilClean(find: () => readonly number[]): Promise<readonly number[]> {
  const limit = performance.now() + killLimitMs;
  let isClean = false;
  for (;;) {
    const found = find();
    if ((found.length === 0 && isClean) || performance.now() > limit) return found;
    isClean = found.length === 0;
    for (const pid of found) sendSignal(pid, 'SIGKILL');
    await wait(sweepMs);
  }
}
