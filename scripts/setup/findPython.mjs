import { runCommand } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';
import { isAtLeast, parseVersion } from './version.mjs';

/** The oldest Python that honeybadger supports. */
export const oldestPython = /** @type {const} */ ([3, 9, 0]);

/** The interpreter itself, not a launcher or a virtual environment around it. Also read by Python 2. */
const question =
  "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(getattr(sys, '_base_executable', None) or sys.executable)";

/**
 * @typedef {object} Python
 * @property {string} executable absolute path
 * @property {string} version `3.11.7`
 */

/**
 * The Python named by `INSIGHTS_COMPARISON_PYTHON`, else the first of `python3` and `python` that is new enough.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Python>}
 */
export async function findPython(env) {
  const named = env['INSIGHTS_COMPARISON_PYTHON'];
  /** @type {string[]} */
  const tooOld = [];
  for (const command of pythonCandidates(named)) {
    const python = await askPython(command, env);
    if (python === undefined) continue;
    const version = parseVersion(python.version);
    if (version !== undefined && isAtLeast(version, oldestPython)) return python;
    tooOld.push(`${command} is ${python.version}`);
  }
  throw new SetupError(missingPythonSentence(named, tooOld));
}

/**
 * A Python that the user names is the one to use or to complain about: no other takes its place.
 * @param {string | undefined} named
 * @returns {readonly string[]}
 */
export function pythonCandidates(named) {
  return named === undefined || named === '' ? ['python3', 'python'] : [named];
}

/**
 * @param {string | undefined} named
 * @param {readonly string[]} tooOld
 */
function missingPythonSentence(named, tooOld) {
  const found = tooOld.length > 0 ? ` (${tooOld.join(', ')})` : '';
  if (named !== undefined && named !== '') {
    return `INSIGHTS_COMPARISON_PYTHON=${named} is no Python 3.9 or newer${found}. Give it the path of one, or unset it.`;
  }
  return `Python 3.9 or newer is needed and was not found${found}. Install it, or give its path in INSIGHTS_COMPARISON_PYTHON.`;
}

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Python | undefined>}
 */
async function askPython(command, env) {
  // -I and -S: neither the user's variables nor site packages can change or slow the answer.
  const isolated = await runCommand(command, ['-I', '-S', '-c', question], { env });
  const { code, output } =
    isolated.code === 0 || isolated.isMissing ? isolated : await runCommand(command, ['-c', question], { env });
  const [version, executable] = output.trim().split(/\r?\n/);
  if (code !== 0 || version === undefined || executable === undefined) return undefined;
  return { version, executable };
}
