import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** End-to-end tests run what users run: the bundles, built from the sources as they are now. */
export default function buildBundles(): void {
  execFileSync(process.execPath, [path.resolve('esbuild.js')], { stdio: 'inherit' });
}
