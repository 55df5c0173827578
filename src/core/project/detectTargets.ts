import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TargetSpec } from '../../shared/projectFile';
import { targetSchema } from '../../shared/projectFile';

export interface DetectedTarget {
  readonly name: string;
  readonly framework: 'django' | 'flask';
  readonly spec: TargetSpec;
}

const skipped = new Set([
  'node_modules',
  '.git',
  '.venv',
  'venv',
  '__pycache__',
  'dist',
  'build',
  'site-packages',
  'tests',
  'test',
]);

/**
 * Apps found by what stands in their files, at most two folders deep: `manage.py` that calls `execute_from_command_line`
 * (Django); `app.py`, `wsgi.py`, `main.py` or a package's `__init__.py` with `Flask(` or a factory (Flask).
 * They run on their framework's own server without reloader and debugger; a project file names a better one.
 */
export async function detectTargets(folder: string): Promise<DetectedTarget[]> {
  const found: DetectedTarget[] = [];
  for (const candidate of await foldersBelow(folder, 2)) {
    const target = (await detectDjango(folder, candidate)) ?? (await detectFlask(folder, candidate));
    if (target && !found.some((other) => other.name === target.name)) found.push(target);
  }
  return found;
}

/** The framework of the app in this very folder; null when nothing there tells. */
export async function detectFramework(folder: string): Promise<'django' | 'flask' | null> {
  return ((await detectDjango(folder, folder)) ?? (await detectFlask(folder, folder)))?.framework ?? null;
}

async function foldersBelow(folder: string, depth: number): Promise<string[]> {
  if (depth === 0) return [folder];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const below = entries.filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name),
  );
  const nested = await Promise.all(below.map((entry) => foldersBelow(path.join(folder, entry.name), depth - 1)));
  return [folder, ...nested.flat()];
}

async function detectDjango(root: string, folder: string): Promise<DetectedTarget | null> {
  const text = await textOf(path.join(folder, 'manage.py'));
  if (!text.includes('execute_from_command_line')) return null;
  return {
    name: nameFor(root, folder, 'django'),
    framework: 'django',
    spec: targetSchema.parse({
      command: ['{python}', 'manage.py', 'runserver', '--noreload', '127.0.0.1:{port}'],
      cwd: path.relative(root, folder) || '.',
      port: 8000,
    }),
  };
}

async function detectFlask(root: string, folder: string): Promise<DetectedTarget | null> {
  for (const file of ['app.py', 'wsgi.py', 'main.py', '__init__.py']) {
    const text = await textOf(path.join(folder, file));
    if (!/\bFlask\(/.test(text) && !/^def (create_app|make_app)\(/m.test(text)) continue;
    const isPackage = file === '__init__.py';
    const module = isPackage ? path.basename(folder) : path.basename(file, '.py');
    const cwd = isPackage ? path.dirname(folder) : folder;
    return {
      name: nameFor(root, folder, 'flask'),
      framework: 'flask',
      spec: targetSchema.parse({
        command: [
          '{python}',
          '-m',
          'flask',
          '--app',
          module,
          'run',
          '--no-reload',
          '--no-debugger',
          '--with-threads',
          '--host',
          '127.0.0.1',
          '--port',
          '{port}',
        ],
        cwd: path.relative(root, cwd) || '.',
        port: 5000,
      }),
    };
  }
  return null;
}

function nameFor(root: string, folder: string, framework: string): string {
  const relative = path.relative(root, folder);
  return relative === '' ? framework : relative.split(path.sep).join('-');
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
