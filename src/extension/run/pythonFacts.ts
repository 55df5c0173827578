import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** What the files of an interpreter's environment tell without running it. Null: they do not. */
export interface PythonFacts {
  /** `3.12` */
  readonly version: string | null;
  /** Installed versions by the package's name in lower case, as `major.minor`. */
  readonly packages: Readonly<Record<string, string>>;
}

const shownPackages = ['flask', 'django'];

/**
 * Reads the names of an environment's folders: `lib/python3.12/site-packages/flask-3.1.0.dist-info`. A bare `python3` and an
 * interpreter outside of any environment tell nothing.
 */
export async function pythonFacts(pythonPath: string): Promise<PythonFacts> {
  if (!path.isAbsolute(pythonPath)) return { version: null, packages: {} };
  const root = path.dirname(path.dirname(pythonPath));
  const [unix] = (await namesIn(path.join(root, 'lib'))).filter((name) => /^python3\.\d+$/.test(name)).sort();
  const library = unix === undefined ? path.join(root, 'Lib') : path.join(root, 'lib', unix);
  const installed = (await namesIn(path.join(library, 'site-packages'))).flatMap((name) => {
    const [, packageName, version] = /^([a-z0-9_.]+)-(\d+\.\d+)[^-]*\.dist-info$/i.exec(name) ?? [];
    const key = packageName?.toLowerCase();
    return key !== undefined && version !== undefined && shownPackages.includes(key) ? [[key, version] as const] : [];
  });
  return { version: unix?.slice('python'.length) ?? null, packages: Object.fromEntries(installed) };
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
