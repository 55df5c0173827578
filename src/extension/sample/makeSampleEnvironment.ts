import { existsSync } from 'node:fs';
import { lstat, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { explainPipFailure } from './pipMessages';
import { runProgram, type ProgramOptions, type ProgramResult } from './runProgram';

export interface SampleEnvironmentOptions {
  /** The Python to make it from: a path, or a name on the PATH. */
  readonly python: string;
  readonly signal: AbortSignal;
  /** What Python and pip write, line by line. */
  readonly onLine: (line: string) => void;
}

/** The oldest that honeybadger supports. */
const oldestMinor = 9;
const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];

/**
 * Makes `<destination>/.venv`, where the comparison looks for the sample's interpreter, with the packages that the sample needs.
 * Returns the interpreter's path. Throws `UserError('target')` with the fix; rejects with the signal's reason when aborted. In
 * either case nothing of a half-made environment is left.
 */
export async function makeSampleEnvironment(destination: string, options: SampleEnvironmentOptions): Promise<string> {
  const { python, signal, onLine } = options;
  const folder = path.join(path.resolve(destination), '.venv');
  if (await isThere(folder)) {
    throw new UserError('usage', `There is something at ${folder} already`, {
      hint: 'Remove it, or choose another folder.',
    });
  }
  const program: ProgramOptions = { environment: programEnvironment(), signal, onLine };
  const minor = await readMinorVersion(python, program);
  try {
    await makeEnvironment(folder, python, minor, program);
    const interpreter = interpreterIn(folder);
    const requirements = path.join(path.resolve(destination), 'samples', 'requirements.txt');
    const installed = await runProgram(interpreter, [...pip, '--requirement', requirements], program);
    if (installed.code !== 0) throw failure("Installing the sample apps' packages", installed);
    // As virtualenv and Python 3.13 do it themselves: no repository above is to list thousands of new files.
    await writeFile(path.join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch(() => undefined);
    return interpreter;
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

async function readMinorVersion(python: string, program: ProgramOptions): Promise<number> {
  const question = "import sys; print('%d.%d' % sys.version_info[:2])";
  const { code, lines } = await runProgram(python, ['-c', question], { ...program, onLine: () => undefined });
  const version = /^(\d+)\.(\d+)$/.exec(lines.find((line) => /^\d+\.\d+$/.test(line)) ?? '');
  const isUsable = code === 0 && version?.[1] === '3' && Number(version[2]) >= oldestMinor;
  if (isUsable) return Number(version[2]);
  throw new UserError(
    'target',
    version === null
      ? `${python} is no Python that runs`
      : `The sample needs Python 3.9 or newer, and ${python} is ${version[0]}`,
    { hint: 'Install Python 3.9 or newer, or name one in the setting insightsComparison.pythonPath.' },
  );
}

/**
 * Debian and Ubuntu ship Python without the part of `venv` that brings pip: where pip itself is there, the package
 * `virtualenv`, installed into a folder that is removed again, takes its place.
 */
async function makeEnvironment(folder: string, python: string, minor: number, program: ProgramOptions): Promise<void> {
  const made = await runProgram(python, ['-m', 'venv', folder], program);
  if (made.code === 0) return;
  const quiet = { ...program, onLine: () => undefined };
  const hasVenv = await runProgram(python, ['-c', 'import venv, ensurepip; ensurepip.version()'], quiet);
  if (hasVenv.code === 0) throw failure('Making a Python environment for the sample', made);
  await removeFolder(folder);
  if ((await runProgram(python, ['-m', 'pip', '--version'], quiet)).code !== 0) {
    throw new UserError('target', `${python} has neither venv nor pip, so no environment for the sample can be made`, {
      hint: `On Debian and Ubuntu: sudo apt-get install python3.${minor}-venv. Or name another Python in the setting insightsComparison.pythonPath.`,
    });
  }
  await makeWithVirtualenv(folder, python, program);
}

async function makeWithVirtualenv(folder: string, python: string, program: ProgramOptions): Promise<void> {
  const tool = await mkdtemp(path.join(tmpdir(), 'insights-comparison-virtualenv-'));
  try {
    program.onLine?.('This Python has no venv: virtualenv takes its place');
    const installed = await runProgram(python, [...pip, '--target', tool, 'virtualenv'], program);
    if (installed.code !== 0) throw failure('Installing virtualenv', installed);
    const environment = {
      ...program.environment,
      PYTHONPATH: tool,
      VIRTUALENV_OVERRIDE_APP_DATA: path.join(tool, 'app-data'),
    };
    const made = await runProgram(python, ['-m', 'virtualenv', '--no-periodic-update', folder], {
      ...program,
      environment,
    });
    if (made.code !== 0) throw failure('Making a Python environment for the sample', made);
  } finally {
    await removeFolder(tool);
  }
}

/** The user's own settings of pip (index, proxy, certificate) hold; those that keep it out of a folder of ours do not. */
function programEnvironment(): ProgramOptions['environment'] {
  return { ...process.env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0', PYTHONUNBUFFERED: '1' };
}

function failure(what: string, { lines }: ProgramResult): UserError {
  const { cause, fix } = explainPipFailure(lines);
  return new UserError('target', `${what} failed: ${cause}`, { hint: fix });
}

function interpreterIn(folder: string): string {
  const onWindows = path.join(folder, 'Scripts', 'python.exe');
  return existsSync(onWindows) ? onWindows : path.join(folder, 'bin', 'python');
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

/** With retries: on Windows a file may be in use for a moment longer. */
async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
