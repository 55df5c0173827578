import { createLinuxTreeSampler, type TreeSamplerOptions } from './linuxTreeSampler';
import type { ProcessTable } from './processTable';
import { createTableTreeSampler } from './tableTreeSampler';
import type { TreeSampler } from './treeSampler';

/** The sampler of this platform: of /proc without a table (`createProcessTable`), else of the table. */
export function createTreeSampler(options: TreeSamplerOptions & { readonly table: ProcessTable | null }): TreeSampler {
  const { rootPid, table } = options;
  return table === null ? createLinuxTreeSampler(options) : createTableTreeSampler({ rootPid, table });
}
