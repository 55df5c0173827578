import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * One file of the sample project: its name inside of the package, its real name, and its mode in octal (`0644`).
 * @typedef {{ readonly template: string, readonly path: string, readonly mode: string }} SampleFile
 */

/** What the sample project consists of: files and folders of the checkout. */
const sources = ['insights-comparison.jsonc', 'env_configs', 'samples'];

/** What people and the apps leave behind in those folders: the `.gitignore` files' rules, as far as they concern them. */
const leftovers =
  /^(?:\.venv|venv|__pycache__|\.broker|\.insights-comparison|\.DS_Store)$|\.(?:pyc|sqlite3|sqlite3-shm|sqlite3-wal)$/;

const manifestName = 'sample.json';

/**
 * Makes `outputFolder` (`dist/sample`): the sample project under names that packagers let through, and `sample.json`, which has
 * the real names and modes. vsce refuses files called `.env*`, npm obeys every `.gitignore`: no name in it starts with a dot.
 * What is there already is brought up to date file by file, so that a reader never finds it gone.
 * @param {{ root: string, outputFolder: string }} options
 * @returns {Promise<readonly SampleFile[]>}
 */
export async function writeSamplePackage({ root, outputFolder }) {
  const files = await listSampleFiles(root);
  for (const { template, path } of files) {
    await writeIfChanged(join(outputFolder, template), await readFile(join(root, path)));
  }
  await writeIfChanged(join(outputFolder, manifestName), Buffer.from(`${JSON.stringify({ files }, null, 2)}\n`));
  await removeOthers(outputFolder, new Set([manifestName, ...files.map(({ template }) => template)]));
  return files;
}

/**
 * The files of the sample project in the checkout, in a fixed order; paths with `/` on every system.
 * @param {string} root
 * @returns {Promise<readonly SampleFile[]>}
 */
export async function listSampleFiles(root) {
  const paths = (await Promise.all(sources.map((source) => pathsBelow(root, source)))).flat().sort();
  const files = await Promise.all(
    paths.map(async (path) => ({
      template: templateOf(path),
      path,
      mode: modeOf((await stat(join(root, path))).mode),
    })),
  );
  const names = new Set(files.map(({ template }) => template));
  if (names.size !== files.length || names.has(manifestName)) {
    throw new Error('Two files of the sample project get the same name in the package; rename one of them.');
  }
  return files;
}

/**
 * Symbolic links are left out: they lead to this machine's own folders.
 * @param {string} root
 * @param {string} path
 * @returns {Promise<readonly string[]>}
 */
async function pathsBelow(root, path) {
  if (!(await stat(join(root, path))).isDirectory()) return [path];
  const entries = await readdir(join(root, path), { withFileTypes: true });
  const nested = entries
    .filter((entry) => !leftovers.test(entry.name))
    .map(async (entry) => {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) return pathsBelow(root, below);
      return entry.isFile() ? [below] : [];
    });
  return (await Promise.all(nested)).flat();
}

/** @param {string} path */
function templateOf(path) {
  return path
    .split('/')
    .map((part) => part.replace(/^\.+/, ''))
    .join('/');
}

/**
 * As git keeps it: whether it can be executed, and nothing of this machine's umask.
 * @param {number} mode
 */
function modeOf(mode) {
  return (mode & 0o100) === 0 ? '0644' : '0755';
}

/**
 * @param {string} file
 * @param {Buffer} content
 */
async function writeIfChanged(file, content) {
  if (existsSync(file) && (await readFile(file)).equals(content)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/**
 * @param {string} folder
 * @param {ReadonlySet<string>} kept paths with `/`
 */
async function removeOthers(folder, kept, prefix = '') {
  for (const entry of await readdir(join(folder, prefix), { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (!entry.isDirectory()) {
      if (!kept.has(path)) await rm(join(folder, path), { force: true });
      continue;
    }
    await removeOthers(folder, kept, `${path}/`);
    // Fails where something is left, and is to.
    await rmdir(join(folder, path)).catch(() => undefined);
  }
}
