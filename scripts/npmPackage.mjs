// The npm package: the command line, what it starts, and the sample, as .npmignore lets them through. What is bundled in dist/ is no
// dependency of it, so that it installs by itself, without a network.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageReadme } from './packageReadme.mjs';
import { mustRun } from './setup/runCommand.mjs';

/** Of package.json; all else is of the editor's extension or of the checkout. */
const kept = ['name', 'version', 'description', 'license', 'keywords', 'engines', 'bin'];

/**
 * Writes the tarball into `folder` and resolves with its path. dist/ must have been built.
 * @param {string} root @param {string} folder
 */
export async function packForNpm(root, folder) {
  const staging = mkdtempSync(join(tmpdir(), 'insights-comparison-npm-'));
  try {
    for (const file of await listFiles(root)) {
      const target = join(staging, file);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(root, file), target);
    }
    writeFileSync(join(staging, 'README.md'), packageReadme(readFileSync(join(root, 'README.md'), 'utf8')));
    /** @type {Record<string, unknown> & { engines: { node: string } }} */
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const own = {
      ...Object.fromEntries(kept.map((key) => [key, manifest[key]])),
      engines: { node: manifest.engines.node },
    };
    writeFileSync(join(staging, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
    const words = ['pack', '--ignore-scripts', '--offline', '--json', '--loglevel=error', '--pack-destination', folder];
    const [packed] = JSON.parse(await mustRun('npm pack', 'npm', words, { cwd: staging }));
    return join(folder, packed.filename);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @param {string} root @returns {Promise<string[]>} relative to the checkout's root */
async function listFiles(root) {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline', '--loglevel=error'];
  const [listed] = JSON.parse(await mustRun('Listing the files', 'npm', words, { cwd: root }));
  return listed.files.map((/** @type {{ path: string }} */ file) => file.path);
}
