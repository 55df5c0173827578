import type { MachineCounters } from '../sample/treeSampler';
import { growthPerSecond } from './treeSecond';

export interface MachineSecond {
  readonly cpuCores: number;
  /** Null when no time has passed. */
  readonly stealCores: number | null;
  readonly memoryBytes: number;
  /** Null where the platform does not tell, and when no time has passed. */
  readonly networkBytesPerSecond: number | null;
}

/** What the machine did between two readings, per second; memory is that of the second reading. */
export function machineSecond(before: MachineCounters, now: MachineCounters): MachineSecond {
  const seconds = (now.atMs - before.atMs) / 1000;
  return {
    cpuCores: seconds > 0 ? (now.busySeconds - before.busySeconds) / seconds : 0,
    stealCores: growthPerSecond(before.stealSeconds, now.stealSeconds, seconds),
    memoryBytes: now.memoryUsedBytes,
    networkBytesPerSecond: growthPerSecond(before.networkBytes, now.networkBytes, seconds),
  };
}
