// Timing, judged as ratios and shares in one run: npm run bench [-- PART…]. Never a test; let nothing else run.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = import.meta.dirname;
const parts = readdirSync(here)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. There are: ${parts.join(', ')}.`);
  process.exit(2);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'ic-bench-'));
try {
  for (const name of asked.length > 0 ? asked : parts) {
    const outfile = path.join(path.resolve(here, '..'), 'node_modules', '.insights-comparison-bench', `${name}.mjs`);
    await build({
      entryPoints: [path.join(here, `${name}.bench.ts`)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'warning',
    });
    console.log(`\n# ${name}`);
    const { bench } = await import(pathToFileURL(outfile).href);
    await bench({ root: path.resolve(here, '..'), scratch: folder, say: (line) => console.log(line) });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
