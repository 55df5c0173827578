import { access } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { interpreterIn } from '../project/findPython';
import { runToEnd } from '../runToEnd';

/** A Python that has Locust. */
export interface LocustPython {
  readonly pythonPath: string;
  readonly version: string;
}

export interface LocustSearch {
  /** The target's interpreter: the user's Locust may be there. */
  readonly pythonPath: string;
  /** Where an environment of our own is kept. */
  readonly cacheFolder: string;
  /** For our helpers; with the run's tag. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Told before what may take long. */
  readonly onStep: (message: string) => void;
}

/** An interpreter that has it, named by the user. */
export const locustPythonVariable = 'INSIGHTS_COMPARISON_LOCUST_PYTHON';
const oldest = [2, 40] as const;
const wanted = 'locust>=2.40,<3';
const timeoutMs = 600_000;

/**
 * The Locust that the user names, else that of the target's interpreter, else one in an environment of our own, apart from the target's, which is
 * made when it is first needed. Throws `UserError` ('usage') when there is none that is new enough, and none can be had.
 */
export async function findLocust(search: LocustSearch, named: string | undefined): Promise<LocustPython> {
  if (named) {
    const version = await versionOf(named, search);
    if (version !== null && isNewEnough(version)) return { pythonPath: named, version };
    throw new UserError(
      'usage',
      `${locustPythonVariable} names ${named}, which has ${version === null ? 'no Locust' : `Locust ${version}`}`,
      { hint: `Locust ${oldest.join('.')} or newer is needed: ${named} -m pip install "${wanted}".` },
    );
  }
  const own = interpreterIn(path.join(search.cacheFolder, 'locust'));
  for (const pythonPath of [search.pythonPath, own]) {
    const version = await versionOf(pythonPath, search);
    if (version !== null && isNewEnough(version)) return { pythonPath, version };
  }
  return install(search, own);
}

async function install(search: LocustSearch, own: string): Promise<LocustPython> {
  search.onStep('Installing Locust into an environment of its own (once)');
  const folder = path.dirname(path.dirname(own));
  const problems: string[] = [];
  for (const base of [search.pythonPath, 'python3', 'python']) {
    const made = await run([base, '-c', 'import sys; sys.exit(sys.version_info < (3, 10))'], search);
    if (!made.ok) {
      problems.push(`${base}: older than Python 3.10, or not there`);
      continue;
    }
    const steps = [
      await run([base, '-m', 'venv', '--clear', folder], search),
      await run([own, '-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--quiet', wanted], search),
    ];
    const version = await versionOf(own, search);
    if (version !== null) return { pythonPath: own, version };
    problems.push(
      `${base}: ${steps
        .map(({ text }) => text)
        .join(' ')
        .trim()
        .split('\n')
        .slice(-3)
        .join(' ')}`,
    );
  }
  throw new UserError('usage', 'There is no Locust, and none could be installed', {
    hint: `Locust needs Python 3.10 or newer. Install it (pip install "${wanted}") and name its interpreter in ${locustPythonVariable}. What was tried:\n${problems.join('\n')}`,
  });
}

async function versionOf(pythonPath: string, search: LocustSearch): Promise<string | null> {
  const isThere = await access(pythonPath).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  const code = 'from importlib.metadata import version; print(version("locust"))';
  const { ok, text } = await run([pythonPath, '-c', code], search);
  return ok ? (text.trim().split('\n').at(-1) ?? null) : null;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

async function run(
  command: readonly string[],
  { environment, signal }: LocustSearch,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const { exitCode, text } = await runToEnd(command, { environment, signal, timeoutMs });
  return { ok: exitCode === 0, text };
}
