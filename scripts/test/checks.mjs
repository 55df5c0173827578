import { fileURLToPath } from 'node:url';
import { runCommand } from '../setup/runCommand.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @typedef {{ readonly name: string, readonly script: string, readonly args: readonly string[] }} Check */

const tsc = 'node_modules/typescript/bin/tsc';

/**
 * Two run at a time; the longest stand first, so that none is left for last.
 * @type {readonly Check[]}
 */
const checks = [
  { name: 'lint', script: 'node_modules/eslint/bin/eslint.js', args: ['--max-warnings=0', '.'] },
  { name: 'types of src, test and bench', script: tsc, args: ['-p', 'tsconfig.json'] },
  { name: 'types of webview', script: tsc, args: ['-p', 'tsconfig.webview.json'] },
  { name: 'types of src/shared without Node and DOM', script: tsc, args: ['-p', 'tsconfig.shared.json'] },
  { name: 'types of scripts', script: tsc, args: ['-p', 'scripts/tsconfig.json'] },
  { name: 'format', script: 'node_modules/prettier/bin/prettier.cjs', args: ['--check', '--log-level=warn', '.'] },
];

/**
 * Runs every check whatever the others say, and prints each one's result, with its output if it failed.
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function runChecks() {
  const waiting = [...checks];
  let failed = 0;
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      if (!(await runCheck(check))) failed += 1;
    }
  };
  await Promise.all([worker(), worker()]);
  return { passed: checks.length - failed, failed, skipped: 0 };
}

/** @param {Check} check */
async function runCheck({ name, script, args }) {
  const startedAtMs = performance.now();
  const { code, output } = await runCommand(process.execPath, [script, ...args], { cwd: root });
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}
