import { readFileSync } from 'node:fs';
import { readProcFile } from './procFiles';

/** Cores that a process may use, ascending; none where that is not told: off Linux, of a process that is gone. */
export function allowedCores(pid: number | 'self'): number[] {
  return parseCoreList(/^Cpus_allowed_list:\s*(\S+)/m.exec(readProcFile(`/proc/${pid}/status`) ?? '')?.[1] ?? '');
}

/** `0-2,5` as the kernel lists cores, cpuset(7). */
export function parseCoreList(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    if (first === undefined || last === undefined || part === '' || Number.isNaN(first)) return [];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** The hardware threads of a core's own hardware (SMT), itself among them; itself alone where that is not told. */
export function hardwareSiblings(core: number, sysFolder = '/sys'): readonly number[] {
  try {
    const file = `${sysFolder}/devices/system/cpu/cpu${core}/topology/thread_siblings_list`;
    return parseCoreList(readFileSync(file, 'latin1').trim());
  } catch {
    return [core];
  }
}
