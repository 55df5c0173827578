import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';

const root = path.resolve(import.meta.dirname, '..');
const results = path.join(root, '.insights-comparison', 'acceptance');

/**
 * The record of a run that was carried out before with the same words; null when there is none.
 * @param {string} partName @param {import('./part.mjs').Run} run
 */
export function keptRecord(partName, run) {
  try {
    const { words, record } = JSON.parse(readFileSync(fileOf(partName, run), 'utf8'));
    return JSON.stringify(words) === JSON.stringify(run.words) ? record : null;
  } catch {
    return null;
  }
}

/**
 * Carries a run out, keeps its record and returns it. Rejects when it does not end with 0, with what it said.
 * @param {string} partName @param {import('./part.mjs').Part} part @param {import('./part.mjs').Run} run
 */
export async function carryOut(partName, part, run) {
  part.prepare?.();
  const folder = path.join(results, partName);
  const record = part.execute?.(run, runEnvironment(run)) ?? (await compare(partName, run, folder));
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(partName, run), JSON.stringify({ words: run.words, record }));
  return record;
}

/** Ends with this process, also when that is killed. @param {string} partName @param {import('./part.mjs').Run} run @param {string} folder */
async function compare(partName, run, folder) {
  const words = [...run.words, '--json', '--quiet', '--no-input', '--report', 'md', '--out', folder];
  const child = await execa(process.execPath, [path.join(root, 'dist', 'cli.js'), ...words], {
    cwd: root,
    env: runEnvironment(run),
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    maxBuffer: 2 ** 28,
  });
  if (child.exitCode !== 0) {
    throw new Error(`${partName}, ${run.name}: ended with ${child.exitCode ?? child.signal}: ${child.stderr}`);
  }
  return JSON.parse(child.stdout);
}

/** The known app has no environment of its own: it runs on the samples'. @param {import('./part.mjs').Run} run */
function runEnvironment({ hasOwnPython }) {
  const { INSIGHTS_COMPARISON_SAMPLE_PYTHON: sample, ...own } = process.env;
  return sample === undefined || hasOwnPython ? own : { ...own, INSIGHTS_COMPARISON_PYTHON: sample };
}

function fileOf(partName, { name }) {
  return path.join(results, partName, `${name.replace(/[^\w]+/g, '-')}.json`);
}
