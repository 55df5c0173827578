import { spawn } from 'node:child_process';
import { excerptOf, explainFailure } from './explainFailure.mjs';
import { SetupError, SetupStopped } from './setupError.mjs';
import { leaveSignalsTo } from './signals.mjs';

const keptCharacters = 200_000;

/**
 * @typedef {object} CommandResult
 * @property {number | null} code exit status; null when a signal ended it
 * @property {boolean} isMissing there is no such program
 * @property {string} output the end of what it wrote, stdout and stderr as they came
 */

/**
 * Runs a command without stdin and keeps what it writes. Rejects only with SetupStopped.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, args, { cwd, env = process.env } = {}) {
  // npm is a batch file on Windows, which only a shell can start.
  const shell = process.platform === 'win32' && command === 'npm';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    const signals = leaveSignalsTo(child);
    let output = '';
    /** @param {string} chunk */
    const keep = (chunk) => {
      output = (output + chunk).slice(-keptCharacters);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => {
      signals.release();
      resolve({
        code: null,
        isMissing: 'code' in error && error.code === 'ENOENT',
        output: `${output}\n${error.message}`,
      });
    });
    child.on('close', (code) => {
      signals.release();
      const signal = signals.received();
      if (signal === undefined) resolve({ code, isMissing: false, output });
      else reject(new SetupStopped(signal));
    });
  });
}

/**
 * As runCommand, but anything other than success is a SetupError that says what failed, why, and what helps.
 * @param {string} what what the command was to do, as in "… failed"
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, writesTo?: string }} [options]
 */
export async function mustRun(what, command, args, { writesTo, ...options } = {}) {
  const result = await runCommand(command, args, options);
  if (result.code !== 0) throw commandFailure(what, command, result, writesTo);
  return result.output;
}

/**
 * @param {string} what
 * @param {string} command
 * @param {CommandResult} result
 * @param {string} [folder] where it wrote to
 */
export function commandFailure(what, command, result, folder) {
  if (result.isMissing)
    return new SetupError(`${what} failed: there is no \`${command}\` on the PATH. Install it, then run this again.`);
  return new SetupError(`${what} failed: ${explainFailure(result.output, folder)}`, excerptOf(result.output));
}
