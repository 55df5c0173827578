import { readFile } from 'node:fs/promises';

/** Linux counts in clock ticks of 10 ms for whoever asks (USER_HZ). */
const ticksPerSecond = 100;

/** CPU seconds of a process so far, those of its children that have ended included: /proc/PID/stat, fields 14 to 17. */
export async function processCpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name, field 2, may hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / ticksPerSecond;
}
