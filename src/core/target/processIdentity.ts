import { hasProcFs } from '../sample/procFiles';
import { hasEnded, readProcStat } from '../sample/procStat';

/** A process that cannot be mistaken for a later one of the same pid. `startTicks` is null where there is no /proc. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: number | null;
}

/** Null when there is no such process. */
export function identify(pid: number): ProcessIdentity | null {
  if (!hasProcFs) {
    return { pid, startTicks: null };
  }
  const stat = readProcStat(pid);
  return stat === null ? null : { pid, startTicks: stat.startTicks };
}

/** A zombie does not live. Without /proc (not yet run on macOS and Windows) any process of that pid counts. */
export function isAlive(identity: ProcessIdentity): boolean {
  if (hasProcFs) {
    const stat = readProcStat(identity.pid);
    return stat !== null && stat.startTicks === identity.startTicks && !hasEnded(stat);
  }
  return canSignal(identity.pid);
}

/** Whether a process (or, negative, a process group) is there. One of another user is there too. */
export function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
