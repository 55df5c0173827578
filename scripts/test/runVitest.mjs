import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leaveSignalsTo } from '../setup/signals.mjs';
import { tallyOfReport } from './tally.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs vitest on this terminal.
 * @param {readonly string[]} words its arguments: paths, `-t name`
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runVitest(words) {
  const folder = mkdtempSync(join(tmpdir(), 'insights-comparison-test-'));
  const reportFile = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const exitCode = await runOnTerminal(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...words]);
    return tallyOfReport(readReport(reportFile), exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number | null>}
 */
function runOnTerminal(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const signals = leaveSignalsTo(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      signals.release();
      resolve(code);
    });
  });
}

/**
 * @param {string} file
 * @returns {unknown} undefined when vitest came to no report
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
