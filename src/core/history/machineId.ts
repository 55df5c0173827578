import { createHash } from 'node:crypto';
import type { ComparisonRecord } from '../../shared/record';

/** A fingerprint of host, processor and cores: noise is a property of one machine, and a results folder may travel. */
export function machineId({ host, cpu, cores }: ComparisonRecord['machine']): string {
  return createHash('sha256')
    .update(JSON.stringify([host, cpu, cores]))
    .digest('hex')
    .slice(0, 16);
}
