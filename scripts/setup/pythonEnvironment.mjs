import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashTexts } from './contentHash.mjs';
import { makeVirtualEnvironment } from './makeVirtualEnvironment.mjs';
import { mustRun } from './runCommand.mjs';
import { isStamped, writeStamp } from './stamp.mjs';

/**
 * A virtual environment with some packages, in the cache: checkouts that need the same share it.
 * @param {object} options
 * @param {string} options.what `the sample apps' Python packages`
 * @param {string} options.prefix of its folder
 * @param {readonly string[]} options.packages what pip is told to install
 * @param {readonly string[]} options.texts what they depend on beside Python and the platform
 * @param {string} options.cache
 * @param {import('./findPython.mjs').Python} options.python
 * @param {import('./debian.mjs').Debian} options.debian
 * @param {(sentence: string) => void} options.say
 * @returns {import('./main.mjs').Step & { readonly interpreter: string }}
 */
export function pythonEnvironment({ what, prefix, packages, texts, cache, python, debian, say }) {
  const inputs = hashTexts([...texts, python.version, python.executable, process.platform, process.arch]);
  const folder = join(cache, `${prefix}-${python.version}-${inputs.slice(0, 12)}`);
  const stamp = join(folder, '.complete');
  const interpreter = interpreterOf(folder);
  return {
    interpreter,
    // The link to the interpreter hangs in the air when the Python that it was made from is gone.
    isDone: () => isStamped(stamp, inputs) && existsSync(interpreter),
    run: async () => {
      say(`installing ${what} into ${folder}`);
      // Built in place, not moved there: the scripts of a virtual environment hold its path. The stamp comes last.
      await makeVirtualEnvironment({ folder, cache, python, debian, say });
      const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--quiet'];
      await mustRun(`Installing ${what}`, interpreter, [...pip, ...packages]);
      writeStamp(stamp, inputs);
    },
  };
}

/** @param {string} folder */
function interpreterOf(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}
