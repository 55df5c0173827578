import type { Usage } from './record';

/** User and system together; null: not to be had. */
export function totalCpuSeconds({ cpuSeconds }: Pick<Usage, 'cpuSeconds'>): number | null {
  return cpuSeconds === null ? null : cpuSeconds.user + cpuSeconds.system;
}
