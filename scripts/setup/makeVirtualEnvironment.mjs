import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandFailure, mustRun, runCommand } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';

/** With retries: the pip of a set-up that was killed may still be writing there. */
const removal = { recursive: true, force: true, maxRetries: 10, retryDelay: 200 };
const what = 'Making a Python environment for the sample apps';

/**
 * A fresh virtual environment with pip at `folder`. Debian and Ubuntu ship Python without the part of `venv` that
 * brings pip: there it is installed (as root), or the PyPI package `virtualenv` takes its place.
 * @param {object} options
 * @param {string} options.folder what is there is deleted
 * @param {string} options.cache
 * @param {import('./findPython.mjs').Python} options.python
 * @param {import('./debian.mjs').Debian} options.debian
 * @param {(sentence: string) => void} options.say
 */
export async function makeVirtualEnvironment({ folder, cache, python, debian, say }) {
  const first = await tryVenv(python, folder);
  if (first.code === 0) return;
  if (!(await isVenvMissing(python))) throw commandFailure(what, python.executable, first, cache);

  if (debian.canInstall) {
    say('installing python3-venv (apt-get)');
    const installed = await debian.install(['python3-venv']);
    // Not the last word: this may be a Python that Debian's package does not serve.
    if (installed.code === 0 && (await tryVenv(python, folder)).code === 0) return;
  }
  await makeWithVirtualenv({ folder, cache, python, say });
}

/**
 * Whether Python came without `venv` or without the pip that it puts in.
 * @param {import('./findPython.mjs').Python} python
 */
async function isVenvMissing(python) {
  return (await runCommand(python.executable, ['-c', 'import venv, ensurepip; ensurepip.version()'])).code !== 0;
}

/**
 * @param {import('./findPython.mjs').Python} python
 * @param {string} folder
 */
async function tryVenv(python, folder) {
  rmSync(folder, removal);
  return runCommand(python.executable, ['-m', 'venv', folder]);
}

/** @param {{ folder: string, cache: string, python: import('./findPython.mjs').Python, say: (sentence: string) => void }} options */
async function makeWithVirtualenv({ folder, cache, python, say }) {
  rmSync(folder, removal);
  if ((await runCommand(python.executable, ['-m', 'pip', '--version'])).code !== 0) throw venvSentence();
  const tool = join(cache, `virtualenv-${python.version}`);
  say(`this Python has no venv: using virtualenv, installed into ${tool}`);
  rmSync(tool, removal);
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--quiet'];
  await mustRun('Installing virtualenv', python.executable, [...pip, '--target', tool, 'virtualenv'], {
    writesTo: cache,
  });
  const env = { ...process.env, PYTHONPATH: tool, VIRTUALENV_OVERRIDE_APP_DATA: join(tool, 'app-data') };
  await mustRun(what, python.executable, ['-m', 'virtualenv', '--no-periodic-update', folder], {
    env,
    writesTo: cache,
  });
}

function venvSentence() {
  return new SetupError(
    'Python has neither venv nor pip, so no environment for the sample apps can be made. Run: sudo apt-get install python3-venv',
  );
}
