import { access } from 'node:fs/promises';
import path from 'node:path';

/** The part of the Python extension's API that is used here. */
export interface PythonApi {
  /** Its choice for a file or folder (`vscode.Uri`). */
  readonly getActiveEnvironmentPath: (resource: unknown) => unknown;
  /** All that it knows of that choice. */
  readonly resolveEnvironment: (environment: unknown) => unknown;
}

export interface ExtensionPython {
  readonly path: string;
  /** False for an interpreter of the system. */
  readonly isVirtual: boolean;
}

/** The API in what the extension exports; null: it is another one, or of another version. */
export function readPythonApi(exported: unknown): PythonApi | null {
  const environments = propertyOf(exported, 'environments');
  const getActiveEnvironmentPath = propertyOf(environments, 'getActiveEnvironmentPath');
  const resolveEnvironment = propertyOf(environments, 'resolveEnvironment');
  if (typeof getActiveEnvironmentPath !== 'function' || typeof resolveEnvironment !== 'function') return null;
  return {
    getActiveEnvironmentPath: (resource): unknown => Reflect.apply(getActiveEnvironmentPath, environments, [resource]),
    resolveEnvironment: (environment): unknown => Reflect.apply(resolveEnvironment, environments, [environment]),
  };
}

/** The interpreter in what `resolveEnvironment` answers; null: there is none. */
export function readEnvironment(resolved: unknown): ExtensionPython | null {
  const file = propertyOf(propertyOf(propertyOf(resolved, 'executable'), 'uri'), 'fsPath');
  if (typeof file !== 'string' || file === '') return null;
  return { path: file, isVirtual: (propertyOf(resolved, 'environment') ?? null) !== null };
}

/** True when a virtual environment lies beside the app, or above it as far as `root`. */
export async function hasEnvironmentBeside(appFolder: string, root: string): Promise<boolean> {
  for (let folder = appFolder; ; folder = path.dirname(folder)) {
    for (const name of ['.venv', 'venv']) {
      const isThere = await access(path.join(folder, name, 'pyvenv.cfg')).then(
        () => true,
        () => false,
      );
      if (isThere) return true;
    }
    if (folder === root || folder === path.dirname(folder)) return false;
  }
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
