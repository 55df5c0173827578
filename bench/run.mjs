// Timing, judged as ratios and shares within one run: npm run bench [-- PART…]. Never a test. Let nothing else run beside it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { importBundled } from '../scripts/importBundled.mjs';

const here = import.meta.dirname;
const root = path.resolve(here, '..');
const ending = '.bench.ts';
const parts = readdirSync(here)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length));

/** Resolves with whether the part's ratios are within their limits; a part without limits only shows. */
async function runPart(name, scratch) {
  const { bench } = await importBundled({ root, entry: `bench/${name}${ending}`, name: `bench-${name}` });
  console.log(`\n# ${name}`);
  const isWithinLimits = await bench({ root, scratch, say: (line) => console.log(line) });
  return isWithinLimits ?? true;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Parts: ${parts.join(', ')}.`);
  process.exitCode = 2;
} else {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'ic-bench-'));
  try {
    for (const name of asked.length > 0 ? asked : parts) if (!(await runPart(name, scratch))) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
