// Makes the extension's package, and beside it that for npm: node scripts/package.mjs [--no-build] [--out FILE]
//
// vsce is run twice: its `ls` reads .vscodeignore in the checkout, its `package` works in a folder that holds those files alone,
// with a README whose links lead somewhere from there too.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packForNpm } from './npmPackage.mjs';
import { packageReadme } from './packageReadme.mjs';
import { mustRun } from './setup/runCommand.mjs';
import { SetupError, SetupStopped } from './setup/setupError.mjs';
import { exitCodeOfSignal } from './setup/signals.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
const largestBytes = 1_500_000;

/** What the package cannot do without: vsce packs happily what is there. */
const needed = [
  'dist/extension.js',
  'dist/cli.js',
  'dist/generator.js',
  'dist/collector.js',
  'dist/guard.js',
  'dist/webview/page.js',
  'dist/sample/sample.json',
  'dist/THIRD-PARTY-NOTICES.txt',
  'insights-comparison.schema.json',
  'LICENSE',
];

/** Pages that editors and registries show on their own; the walkthrough's find their pictures beside them. */
const pages = ['README.md', 'CHANGELOG.md'];

try {
  await main();
} catch (error) {
  if (error instanceof SetupStopped) process.exitCode = exitCodeOfSignal(error.signal);
  else if (error instanceof SetupError) {
    console.error([`package: ${error.message}`, ...error.excerpt.map((line) => `  ${line}`)].join('\n'));
    process.exitCode = 1;
  } else throw error;
}

async function main() {
  const { values } = parseArgs({ options: { 'no-build': { type: 'boolean' }, out: { type: 'string' } } });
  /** @type {{ name: string, version: string }} */
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const out = resolve(values.out ?? join(root, `${manifest.name}-${manifest.version}.vsix`));
  if (!values['no-build']) {
    await mustRun('Building dist/', process.execPath, ['esbuild.js'], { cwd: root, writesTo: root });
  }
  const staging = mkdtempSync(join(tmpdir(), 'insights-comparison-package-'));
  try {
    const files = await listFiles();
    copyFiles(files, staging);
    await packFolder(staging, out);
    console.log(`${basename(out)}: ${files.length} files, ${sizeOf(out)}`);
    const tarball = await packForNpm(root, dirname(out));
    console.log(`${basename(tarball)}: ${sizeOf(tarball)}`);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** The files that .vscodeignore lets through, from the checkout's root. */
async function listFiles() {
  const output = await mustRun('Listing the files', process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root });
  const files = output.split(/\r?\n/).filter((line) => line !== '');
  const missing = needed.filter((file) => !files.includes(file));
  if (missing.length > 0) {
    throw new SetupError(
      `The package would lack ${missing.join(', ')}. Run: node esbuild.js && node scripts/schema.mjs`,
    );
  }
  return files;
}

/**
 * @param {readonly string[]} files
 * @param {string} staging
 */
function copyFiles(files, staging) {
  for (const file of files) {
    const target = join(staging, file);
    mkdirSync(dirname(target), { recursive: true });
    if (pages.includes(file)) writeFileSync(target, packageReadme(readFileSync(join(root, file), 'utf8')));
    else cpSync(join(root, file), target);
  }
  writeFileSync(join(staging, '.vscodeignore'), '');
}

/**
 * @param {string} folder
 * @param {string} out
 */
async function packFolder(folder, out) {
  rmSync(out, { force: true });
  // There is no public repository to name; relative links were dealt with already.
  const flags = ['--no-dependencies', '--allow-missing-repository', '--out', out];
  const output = await mustRun('vsce package', process.execPath, [vsce, 'package', ...flags], { cwd: folder });
  if (/warn/i.test(output)) throw refused(out, 'vsce warns', output);
  if (statSync(out).size > largestBytes) throw refused(out, `The package has ${sizeOf(out)}, more than 1.5 MB`, output);
}

/**
 * A package that is not as it should be is not left lying about.
 * @param {string} out
 * @param {string} why
 * @param {string} output
 */
function refused(out, why, output) {
  const sentence = new SetupError(`${why}:`, output.trim().split('\n'));
  rmSync(out, { force: true });
  return sentence;
}

/** @param {string} file */
function sizeOf(file) {
  return `${(statSync(file).size / 1_000_000).toFixed(2)} MB`;
}
