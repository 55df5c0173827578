import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/** The product's own reckoning of what each endpoint adds, as its reports show it. */
export async function loadEndpointContributions() {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'ic-acceptance-'));
  const outfile = path.join(scratch, 'endpointContributions.cjs');
  try {
    await build({
      entryPoints: [path.join(import.meta.dirname, '..', 'src', 'shared', 'endpointContributions.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'warning',
    });
    return createRequire(import.meta.url)(outfile).endpointContributions;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
