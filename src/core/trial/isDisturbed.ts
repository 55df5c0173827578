import type { MeasuredLoad } from './measureLoad';

/** Of the CPU time that was wanted: so much stolen lengthens whatever ran by as much. */
const disturbingStealShare = 0.05;
/** Below this steal is a tick or two, whatever its share of a machine that idles. */
const leastStealCores = 0.02;
/** Of the machine: so many cores' worth of other programs compete for cores, caches and turbo. */
const disturbingForeignShare = 0.15;

/**
 * Whether others took the CPU while a trial was measured, by two figures that no variant can move: time that the hypervisor gave to
 * other virtual machines, as a share of what this one wanted (busy + stolen: as a share of all cores it would vanish on a large
 * machine, where only the busy ones are stolen from), and the CPU of processes that are not ours, as a share of the machine's `cores`.
 */
export function isDisturbed(
  machine: Pick<MeasuredLoad['machine'], 'cpuCores' | 'foreignCpuCores' | 'stealCores'>,
  cores: number,
): boolean {
  const { cpuCores, foreignCpuCores, stealCores } = machine;
  const isStolenFrom = stealCores > leastStealCores && stealCores > disturbingStealShare * (cpuCores + stealCores);
  return isStolenFrom || foreignCpuCores > disturbingForeignShare * cores;
}
