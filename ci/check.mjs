// Runs a comparison as a check: node ci/check.mjs, with its inputs in the environment (IC_FOLDER, IC_SCENARIO, IC_TARGETS, IC_BASE, IC_BUDGETS,
// IC_ARGUMENTS), as action.yml sets them. Writes where the results lie to GITHUB_OUTPUT, and exits as `insights-comparison run` does.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const env = process.env;
const folder = resolve(env['IC_FOLDER'] || '.');
const results = resolve(env['IC_RESULTS'] || join(folder, '.insights-comparison'));
const before = new Set(runs());
// With a separator in it, so that it is taken for the folder.
const words = ['run', join(folder, '/'), env['IC_SCENARIO'] || 'light_load', ...split(env['IC_TARGETS'])];
const budgets = lines(env['IC_BUDGETS']).flatMap((budget) => ['--budget', budget]);
const options = [
  '--out',
  results,
  '--report',
  'md,html,junit',
  '--no-input',
  ...(env['IC_BASE'] ? ['--base', env['IC_BASE'], '--head', 'HEAD'] : []),
  ...budgets,
  ...split(env['IC_ARGUMENTS']),
];
const { status, error } = spawnSync(process.execPath, [cli, ...words, ...options], { stdio: 'inherit' });
if (error) throw error;
const made = runs().filter((run) => !before.has(run));
output(
  'folders',
  made.map((run) => join(results, 'runs', run)),
);
output(
  'reports',
  made.map((run) => join(results, 'runs', run, 'report.md')).filter((file) => existsSync(file)),
);
process.exitCode = status ?? 1;

function runs() {
  const place = join(results, 'runs');
  return existsSync(place) ? readdirSync(place).sort() : [];
}

/** @param {string | undefined} text */
function split(text) {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

/** @param {string | undefined} text */
function lines(text) {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * @param {string} name
 * @param {readonly string[]} values
 */
function output(name, values) {
  const file = env['GITHUB_OUTPUT'];
  if (file) appendFileSync(file, `${name}<<END_OF_VALUES\n${values.join('\n')}\nEND_OF_VALUES\n`);
}
