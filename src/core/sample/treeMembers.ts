import { runTagVariable } from '../target/processes';
import { hasEnvironmentValue } from './processEnvironment';
import { listPids } from './procFiles';
import { readProcStat, type ProcStat } from './procStat';

/** pid and start time: the pid alone may be given to another process later. */
export function keyOf(stat: ProcStat): string {
  return `${stat.pid}:${stat.startTicks}`;
}

/** Finds the members of one process tree, reading after reading. */
export interface TreeMembers {
  /** The members now, zombies included, each parent before its children. */
  read(): readonly ProcStat[];
}

/**
 * Members are the root, its descendants, everything that was a member before, and everything in a session or process group
 * that a member leads. So a double fork or `setsid` does not leave the tree. With `tag`, a process that escaped all of that
 * before it was ever seen (a daemon that forked twice between two readings) is recognised by the run's tag in its
 * environment; give the tag to one tree of a run only, since such an orphan does not tell whose it is.
 *
 * A process is looked at once: those found foreign are remembered while they live, so a reading costs one listing of /proc
 * plus what is new.
 */
export function createTreeMembers(rootPid: number, tag: string | null): TreeMembers {
  const root = readProcStat(rootPid);
  const members = new Map<number, ProcStat>(root === null ? [] : [[rootPid, root]]);
  // What is older was left by something before this tree.
  const bornTicks = root?.startTicks ?? Infinity;
  /** Pids that members have or had, as long as a session or group of that number may live on. */
  const leaders = new Set<number>(members.keys());
  let foreign = new Set<number>();

  const isMember = (stat: ProcStat): boolean =>
    members.has(stat.parentPid) || leaders.has(stat.groupId) || leaders.has(stat.sessionId);

  function join(stats: readonly ProcStat[]): void {
    for (const stat of stats) {
      members.set(stat.pid, stat);
      leaders.add(stat.pid);
    }
  }

  function adopt(newcomers: readonly ProcStat[]): void {
    let open = newcomers;
    for (;;) {
      const related = open.filter(isMember);
      // Only where nobody is related: the environment is the dearer read, and a relation says whose a process is.
      const joining =
        related.length > 0 || tag === null
          ? related
          : open.filter((stat) => stat.startTicks >= bornTicks && isEscaped(stat, tag));
      if (joining.length === 0) {
        break;
      }
      join(joining);
      open = open.filter((stat) => !members.has(stat.pid));
    }
    open.forEach((stat) => foreign.add(stat.pid));
  }

  return {
    read() {
      if (members.size === 0) {
        return [];
      }
      const pids = listPids();
      const present = new Set(pids);
      foreign = new Set([...foreign].filter((pid) => present.has(pid)));
      const newcomers: ProcStat[] = [];
      for (const pid of pids) {
        if (!foreign.has(pid) && !members.has(pid)) {
          const stat = readProcStat(pid);
          if (stat !== null) {
            newcomers.push(stat);
          }
        }
      }
      // Before the ended are forgotten: a child of a member that ended a moment ago still has its session.
      adopt(newcomers);
      refresh(members);
      forgetLeaders(leaders, members);
      return parentsFirst(members);
    },
  };
}

/** Carries the tag though nobody of the run is its parent: neither we, who start the leaders, nor a tagged process. */
function isEscaped(stat: ProcStat, tag: string): boolean {
  return (
    stat.parentPid !== process.pid &&
    hasEnvironmentValue(stat.pid, runTagVariable, tag) &&
    !hasEnvironmentValue(stat.parentPid, runTagVariable, tag)
  );
}

/** Reads every member anew, parents before children (see `createCpuLedger`), and drops those that are gone or replaced. */
function refresh(members: Map<number, ProcStat>): void {
  for (const before of parentsFirst(members)) {
    const stat = readProcStat(before.pid);
    if (stat === null || stat.startTicks !== before.startTicks) {
      members.delete(before.pid);
    } else {
      members.set(before.pid, stat);
    }
  }
}

/** A session or group keeps its leader's number reserved while anyone is in it; after that the number means nothing. */
function forgetLeaders(leaders: Set<number>, members: ReadonlyMap<number, ProcStat>): void {
  const used = new Set<number>();
  for (const stat of members.values()) {
    used.add(stat.pid).add(stat.groupId).add(stat.sessionId);
  }
  for (const leader of leaders) {
    if (!used.has(leader)) {
      leaders.delete(leader);
    }
  }
}

function parentsFirst(members: ReadonlyMap<number, ProcStat>): readonly ProcStat[] {
  const depth = (stat: ProcStat): number => {
    let levels = 0;
    let parent = members.get(stat.parentPid);
    while (parent !== undefined && levels < members.size) {
      levels += 1;
      parent = members.get(parent.parentPid);
    }
    return levels;
  };
  return [...members.values()]
    .map((stat) => ({ stat, depth: depth(stat) }))
    .sort((one, other) => one.depth - other.depth)
    .map((entry) => entry.stat);
}
