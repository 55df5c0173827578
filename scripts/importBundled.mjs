import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Runs a TypeScript module of the checkout that is no test: bundled, then imported. Its own `import.meta` tells where the bundle lies.
 * @param {{ readonly root: string, readonly entry: string, readonly name: string }} options `entry` from the root
 * @returns {Promise<any>} what it exports
 */
export async function importBundled({ root, entry, name }) {
  // Not in the temporary folder: Node looks for packages from where the bundle lies.
  const outfile = path.join(root, 'node_modules', '.insights-comparison-bundled', `${name}.mjs`);
  await build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
