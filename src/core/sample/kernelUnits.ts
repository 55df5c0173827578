import { readFileSync } from 'node:fs';

/** The units of /proc. */
export interface KernelUnits {
  readonly pageBytes: number;
  readonly ticksPerSecond: number;
}

/**
 * The kernel tells every process its page size and tick rate in the auxiliary vector (getauxval(3): AT_PAGESZ, AT_CLKTCK):
 * pairs of machine words. So no `getconf` and no native module is needed.
 */
export function readKernelUnits(): KernelUnits {
  const vector = readFileSync('/proc/self/auxv');
  const wordBytes = process.arch === 'arm' || process.arch === 'ia32' ? 4 : 8;
  const word = (at: number): number => (wordBytes === 8 ? Number(vector.readBigUInt64LE(at)) : vector.readUInt32LE(at));
  const values = new Map<number, number>();
  for (let at = 0; at + 2 * wordBytes <= vector.length; at += 2 * wordBytes) {
    values.set(word(at), word(at + wordBytes));
  }
  return { pageBytes: values.get(6) ?? 4096, ticksPerSecond: values.get(17) ?? 100 };
}
