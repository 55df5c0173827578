import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { effectOn, effectText } from '../effects.mjs';
import { mustRun } from '../mustRun.mjs';
import { comparisonMinutes } from '../part.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const place = path.join(root, '.insights-comparison', 'acceptance', 'ci');
const times = 10;
const plan = { blocks: 6, trialSeconds: 5 };
const budget = 'cpu_ms_per_request +5%';

/** @type {import('../part.mjs').Part} */
export const part = {
  about: `The action's script in a fresh clone of a repository: a commit that adds 1 ms of CPU per request fails the budget "${budget}", one that changes nothing that runs does not, ${times} runs each`,
  isApart: true,
  showsAllRuns: true,
  prepare: makeRepository,
  execute: check,
  runs: ['dearer', 'same'].flatMap((branch) =>
    Array.from({ length: times }, (_, index) => ({
      name: `${branch} ${index + 1}`,
      of: branch,
      minutes: comparisonMinutes(plan),
      words: [
        branch,
        ...`--blocks ${plan.blocks} --trial ${plan.trialSeconds}s --warmup 1s --rate 100`.split(' '),
        ...`--behaviour visitor --no-capacity --seed ${index + 1}`.split(' '),
      ],
    })),
  ),
  judge: (record, { of }) => {
    const [result] = record.budgets;
    return {
      isGood: record.status === 'complete' && (of === 'dearer' ? result?.result === 'fail' : result?.result !== 'fail'),
      text: `${record.status}, budget ${result?.result}: ${effectText(effectOn(record, 'cpu_ms_per_request'))}`,
    };
  },
};

/** A small Flask app under git: `main`; `dearer`, one millisecond of CPU more in the view; `same`, a line in a text. */
function makeRepository() {
  const folder = path.join(place, 'repository');
  if (existsSync(path.join(folder, 'done'))) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  cpSync(path.join(root, 'test', 'fixtures', 'tiny'), folder, { recursive: true });
  const git = (...words) => mustRun('git', ['-c', 'user.name=ci', '-c', 'user.email=ci@example.com', ...words], folder);
  const commit = (branch, change) => {
    git('checkout', '--quiet', '-B', branch, 'main');
    change();
    git('add', '.');
    git('commit', '--quiet', '-m', branch);
  };
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'main');
  commit('same', () => writeFileSync(path.join(folder, 'README.md'), 'A text.\n'));
  commit('dearer', () => {
    const app = path.join(folder, 'app.py');
    const text = readFileSync(app, 'utf8');
    const before = 'BURN_SECONDS = float(os.environ.get("BURN_US", "0")) / 1e6';
    if (!text.includes(before))
      throw new Error('The app of the tests has changed: acceptance/parts/ci.mjs must follow');
    writeFileSync(app, text.replace(before, 'BURN_SECONDS = 1e-3'));
  });
  writeFileSync(path.join(folder, 'done'), '');
}

/** As action.yml runs it, in a clone that is made for the run. @param {import('../part.mjs').Run} wanted */
function check({ words: [branch, ...words] }, environment) {
  const clone = path.join(place, 'clone');
  rmSync(clone, { recursive: true, force: true });
  mustRun('git', ['clone', '--quiet', '--branch', branch, path.join(place, 'repository'), clone], place);
  const output = path.join(place, 'github-output');
  writeFileSync(output, '');
  const result = spawnSync(process.execPath, [path.join(root, 'ci', 'check.mjs')], {
    cwd: clone,
    encoding: 'utf8',
    env: {
      ...environment,
      GITHUB_OUTPUT: output,
      IC_SCENARIO: 'quick',
      IC_BASE: 'origin/main',
      IC_BUDGETS: budget,
      IC_ARGUMENTS: [...words, '--quiet'].join(' '),
    },
  });
  // A budget that is exceeded is what is looked for.
  if (result.status !== 0 && result.status !== 1) throw new Error(`ended with ${result.status}: ${result.stderr}`);
  const folder = /folders<<END_OF_VALUES\n(.+)\n/.exec(readFileSync(output, 'utf8'))?.[1];
  if (folder === undefined) throw new Error(`left no record: ${result.stderr}`);
  return JSON.parse(readFileSync(path.join(folder, 'comparison.insights.json'), 'utf8'));
}
