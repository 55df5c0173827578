import type { ChildProcess } from 'node:child_process';

/** Ends a process that does not end by itself. */
export interface Killer {
  /** The first call counts. */
  after(ms: number): void;
  cancel(): void;
  readonly hasKilled: boolean;
}

/** Nobody is killed before `after` was called. */
export function createKiller(child: ChildProcess): Killer {
  let timer: NodeJS.Timeout | null = null;
  let isCancelled = false;
  let hasKilled = false;
  return {
    after(ms) {
      if (isCancelled) return;
      timer ??= setTimeout(() => {
        hasKilled = child.kill('SIGKILL');
      }, ms);
    },
    cancel() {
      isCancelled = true;
      if (timer !== null) clearTimeout(timer);
    },
    get hasKilled() {
      return hasKilled;
    },
  };
}
