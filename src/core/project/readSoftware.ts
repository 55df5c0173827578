import { execa } from 'execa';

/** What the target's interpreter has installed. Null: not installed, or it could not be asked. */
export interface Software {
  readonly python: string | null;
  readonly packages: Readonly<Record<string, string>>;
}

const servers = ['gunicorn', 'uvicorn', 'hypercorn', 'daphne', 'waitress', 'uWSGI'];
const names = ['honeybadger', 'Flask', 'Django', ...servers, 'celery', 'SQLAlchemy'];

const code = `
import json, platform, sys
found = {}
try:
    from importlib import metadata
except ImportError:
    pass
else:
    for name in sys.argv[1:]:
        try:
            found[name.lower()] = metadata.version(name)
        except metadata.PackageNotFoundError:
            pass
json.dump({"python": platform.python_version(), "packages": found}, sys.stdout)
`;

/**
 * Asks the interpreter for its version and those of the packages that matter here. Imports nothing of the app. Before Python 3.8 there is no
 * telling of packages: its version is what is told of it.
 */
export async function readSoftware(pythonPath: string, cwd: string): Promise<Software> {
  const result = await execa(pythonPath, ['-c', code, ...names], {
    reject: false,
    stdin: 'ignore',
    timeout: 20_000,
    cwd,
  });
  const unknown = { python: null, packages: {} };
  if (result.exitCode !== 0) return unknown;
  try {
    const parsed: unknown = JSON.parse(result.stdout);
    return isSoftware(parsed) ? parsed : unknown;
  } catch {
    // A wrapper of the user's that prints something of its own.
    return unknown;
  }
}

function isSoftware(value: unknown): value is Software {
  return typeof value === 'object' && value !== null && 'python' in value && 'packages' in value;
}
