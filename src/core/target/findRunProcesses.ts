import { hasEnvironmentValue } from '../sample/processEnvironment';
import { hasProcFs, listPids } from '../sample/procFiles';
import { hasEnded, readProcStat } from '../sample/procStat';
import { canSignal, isAlive, type ProcessIdentity } from './processIdentity';
import { runTagVariable } from './processes';

export interface RunProcesses {
  readonly tag: string;
  readonly groups: readonly ProcessIdentity[];
  /** Never found: the one that asks, and the engine. */
  readonly except: readonly number[];
}

/**
 * What is left of a run, as numbers for `process.kill`. On Linux pids: those that carry the run's tag in their environment,
 * and members of a recorded group whose leader is still the very process that was recorded (pid and start time; its number
 * may have been given to someone else since). Zombies are not left of anything.
 *
 * Without /proc (not yet run on macOS and Windows) the recorded groups are all that can be found, as negative numbers.
 */
export function findRunProcesses({ tag, groups, except }: RunProcesses): number[] {
  if (!hasProcFs) {
    return groups.map((group) => (process.platform === 'win32' ? group.pid : -group.pid)).filter(canSignal);
  }
  const proven = new Set(groups.filter(isStillThere).map((group) => group.pid));
  return listPids().filter((pid) => {
    if (except.includes(pid)) {
      return false;
    }
    const stat = readProcStat(pid);
    const lives = stat !== null && !hasEnded(stat);
    return lives && (proven.has(stat.groupId) || hasEnvironmentValue(pid, runTagVariable, tag));
  });
}

/** Live members of one process group, for a leader that we hold as our own child. */
export function findGroupMembers(groupId: number): number[] {
  if (!hasProcFs) {
    return canSignal(-groupId) ? [-groupId] : [];
  }
  return listPids().filter((pid) => {
    const stat = readProcStat(pid);
    return stat !== null && stat.groupId === groupId && !hasEnded(stat);
  });
}

/** A zombie leader still holds its number, so the group is the recorded one. */
function isStillThere(leader: ProcessIdentity): boolean {
  return isAlive(leader) || readProcStat(leader.pid)?.startTicks === leader.startTicks;
}
