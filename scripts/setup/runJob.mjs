import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { exitCodeOfSignal, leaveSignalsTo } from './signals.mjs';

/**
 * Runs `node SCRIPT ARGS…` with this process's stdio; resolves with its exit code.
 * @param {string} root the checkout: a relative SCRIPT is below it
 * @param {import('./commandLine.mjs').Job} job
 * @param {Readonly<Record<string, string>>} variables for its environment, beside what is there
 * @returns {Promise<number>}
 */
export function runJob(root, job, variables) {
  const child = spawn(process.execPath, [resolve(root, job.script), ...job.args], {
    stdio: 'inherit',
    env: { ...process.env, ...variables },
  });
  const signals = leaveSignalsTo(child);
  return new Promise((resolveExit, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      signals.release();
      resolveExit(code ?? (signal === null ? 1 : exitCodeOfSignal(signal)));
    });
  });
}
