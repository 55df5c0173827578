import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A folder of a project that may hold an app's code. */
export interface ProjectFolder {
  /** Absolute. */
  readonly path: string;
  readonly files: ReadonlySet<string>;
}

/** Deep enough for `apps/shop/src/shop`. */
const deepest = 4;
const mostFolders = 600;
const skipped = new Set(['node_modules', 'venv', 'env', '__pycache__', 'dist', 'build', 'site-packages', 'docs']);
const isTests = /^tests?$/;

/**
 * The folders of a project in which code may lie, the shallow ones first and each level by name. Left out: hidden ones, virtual
 * environments, tests, what tools have made; and in a large tree what lies behind the first 600.
 */
export async function readProjectTree(root: string): Promise<readonly ProjectFolder[]> {
  const found: ProjectFolder[] = [];
  let level = [root];
  for (let depth = 0; depth <= deepest && level.length > 0; depth += 1) {
    const read = await Promise.all(level.slice(0, mostFolders - found.length).map(readFolder));
    const kept = read.filter(({ files }) => !files.has('pyvenv.cfg'));
    found.push(...kept);
    level = kept.flatMap(({ path: parent, folders }) => folders.map((name) => path.join(parent, name)));
  }
  return found;
}

async function readFolder(folder: string): Promise<ProjectFolder & { readonly folders: readonly string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const isCode = (name: string): boolean => !name.startsWith('.') && !skipped.has(name) && !isTests.test(name);
  return {
    path: folder,
    files: new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)),
    folders: entries
      .filter((entry) => entry.isDirectory() && isCode(entry.name))
      .map(({ name }) => name)
      .sort(),
  };
}

/** The text of a file in one of the folders; empty when there is none. */
export async function textIn(folder: ProjectFolder, file: string): Promise<string> {
  return folder.files.has(file) ? readFile(path.join(folder.path, file), 'utf8').catch(() => '') : '';
}

/** Where a Python file stands for an import. */
export interface ModulePlace {
  /** `shop.wsgi`; of an `__init__.py` the package's own name. */
  readonly module: string;
  /** The folder that must be on Python's path: the first one above that is no package. */
  readonly importRoot: string;
}

/** Where an app whose modules are imported from that folder is started: beside its `src` folder, which then goes on Python's path. */
export function startFolder(
  root: string,
  importRoot: string,
): { readonly cwd: string; readonly hasSourceFolder: boolean } {
  const hasSourceFolder = path.basename(importRoot) === 'src' && importRoot !== root;
  return { cwd: hasSourceFolder ? path.dirname(importRoot) : importRoot, hasSourceFolder };
}

/** How the file is imported, judged by the `__init__.py` of the folders above it. */
export function modulePlace(tree: readonly ProjectFolder[], folder: ProjectFolder, file: string): ModulePlace {
  const isPackage = (at: string): boolean => tree.some((other) => other.path === at && other.files.has('__init__.py'));
  const stem = path.basename(file, '.py');
  const names = stem === '__init__' ? [] : [stem];
  let at = folder.path;
  while (isPackage(at)) {
    names.unshift(path.basename(at));
    at = path.dirname(at);
  }
  return { module: names.join('.'), importRoot: at };
}
