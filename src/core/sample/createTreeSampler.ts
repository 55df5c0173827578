import { createLinuxTreeSampler, type TreeSamplerOptions } from './linuxTreeSampler';
import { createPortableTreeSampler } from './portableTreeSampler';
import { hasProcFs } from './procFiles';
import type { TreeSampler } from './treeSampler';

/** The sampler of this platform: /proc where there is one, else `ps` and pidusage. */
export function createTreeSampler(options: TreeSamplerOptions): TreeSampler {
  return hasProcFs ? createLinuxTreeSampler(options) : createPortableTreeSampler(options);
}
