import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from '../mustRun.mjs';
import { comparisonMinutes } from '../part.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const place = path.join(root, '.insights-comparison', 'acceptance', 'node_versions');
const tarball = path.join(place, 'insights-comparison.tgz');
const versions = ['20.18.1', '22', '24'];
const plan = { blocks: 3, trialSeconds: 5 };

/** @type {import('../part.mjs').Part} */
export const part = {
  about: `The npm package's tarball, installed in an empty folder: \`npx insights-comparison run\` on Node ${versions.join(', ')} ends with a valid record`,
  isApart: true,
  showsAllRuns: true,
  prepare: pack,
  execute: runOn,
  runs: versions.map((version) => ({
    name: `node ${version}`,
    of: version,
    minutes: comparisonMinutes(plan),
    words:
      `run . quick --blocks ${plan.blocks} --trial ${plan.trialSeconds}s --warmup 1s --behaviour visitor --no-capacity --seed 1`.split(
        ' ',
      ),
  })),
  judge: ({ node, ...record }, { of }) => ({
    isGood:
      node.startsWith(`v${of}`) &&
      record.status === 'complete' &&
      record.trials.every(({ verification }) => verification.ok === true),
    text: `${node}: ${record.status}, ${record.trials.length} trials verified`,
  }),
};

/** @param {import('../part.mjs').Run} wanted */
function runOn({ of: version, words }, environment) {
  const folder = path.join(place, version);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  mustRun('npm', ['install', '--no-audit', '--no-fund', `node@${version}`, tarball], folder);
  const project = path.join(folder, 'project');
  if (!existsSync(project)) cpSync(path.join(root, 'test', 'fixtures', 'tiny'), project, { recursive: true });
  const own = path.join(folder, 'node_modules', 'node', 'bin');
  const env = { ...environment, PATH: `${own}${path.delimiter}${environment.PATH ?? ''}` };
  const node = spawnSync('node', ['--version'], { env, encoding: 'utf8' }).stdout.trim();
  // npx finds the program of the folder above: nothing of this checkout is on its way.
  const result = spawnSync(
    'npx',
    ['--no-install', 'insights-comparison', ...words, '--json', '--quiet', '--no-input'],
    {
      cwd: project,
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  if (result.status !== 0) throw new Error(`Node ${version}: ended with ${result.status}: ${result.stderr}`);
  return { ...JSON.parse(result.stdout), node };
}

/** Of what dist/ holds now. */
function pack() {
  mkdirSync(place, { recursive: true });
  mustRun(process.execPath, ['scripts/package.mjs', '--no-build', '--out', path.join(place, 'extension.vsix')], root);
  const [made] = readdirSync(place).filter((name) => /-\d.*\.tgz$/.test(name));
  renameSync(path.join(place, made ?? ''), tarball);
}
