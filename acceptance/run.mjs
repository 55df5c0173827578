// Long and real: npm run acceptance [-- PART…]. Each part can be broken off and taken up again: finished runs are kept.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const runs = 10;
const home = path.resolve(import.meta.dirname, '..');
const burn = path.join(home, 'acceptance', 'burn');
const results = path.join(home, '.insights-comparison', 'acceptance');

const parts = {
  aa: {
    about: `${runs} short runs of the baseline against itself: at most 2 may claim anything on a headline metric`,
    words: ['aa', burn + path.sep, 'quick', '--trial', '5s', '--blocks', '3'],
    judge: (record) => ({ isGood: headline(record).every(({ verdict }) => !isClaim(verdict)), text: words(record) }),
    isEnough: (good) => good >= runs - 2,
  },
  burn: {
    about: `${runs} runs of +300 µs of CPU per request on 1 ms: found, with the truth inside the interval, in at least 9`,
    words: ['run', burn + path.sep, 'quick', '--trial', '5s', '--blocks', '10', '--no-capacity'],
    judge: (record) => {
      const { verdict, difference } = headline(record).find(({ metric }) => metric === 'cpu_ms_per_request');
      const isInside = difference.low <= 0.3 && 0.3 <= difference.high;
      return {
        isGood: verdict === 'increase' && isInside,
        text: `${words(record)}${isInside ? '' : ' (0.3 ms outside)'}`,
      };
    },
    isEnough: (good) => good >= 9,
  },
};

const isClaim = (verdict) => verdict === 'increase' || verdict === 'decrease';
const headline = ({ effects }) =>
  effects.filter(({ family, scope }) => family === 'headline' && scope.kind === 'total');
const words = (record) =>
  headline(record)
    .map(
      ({ metric, verdict, difference }) =>
        `${metric} ${verdict} ${difference.estimate.toFixed(3)} [${difference.low.toFixed(3)}, ${difference.high.toFixed(3)}]`,
    )
    .join('; ');

function runPart(name) {
  const { about, words: command, judge, isEnough } = parts[name];
  const file = path.join(results, `${name}.json`);
  const done = readKept(file);
  console.log(`${name}: ${about}`);
  for (let index = 0; index < runs; index += 1) {
    if (!done[index]) {
      const child = spawnSync(
        process.execPath,
        [
          path.join(home, 'dist', 'cli.js'),
          ...command,
          '--seed',
          String(index + 1),
          '--json',
          '--quiet',
          '--out',
          results,
        ],
        {
          encoding: 'utf8',
          env: {
            ...process.env,
            INSIGHTS_COMPARISON_PYTHON:
              process.env.INSIGHTS_COMPARISON_SAMPLE_PYTHON ?? process.env.INSIGHTS_COMPARISON_PYTHON,
          },
          maxBuffer: 2 ** 28,
        },
      );
      if (child.status !== 0)
        throw new Error(`Run ${index + 1} of ${name} ended with ${child.status}: ${child.stderr}`);
      done[index] = judge(JSON.parse(child.stdout));
      writeFileSync(file, JSON.stringify(done, null, 1));
    }
    console.log(`  ${String(index + 1).padStart(2)} ${done[index].isGood ? 'good' : 'BAD '} ${done[index].text}`);
  }
  const good = done.filter(({ isGood }) => isGood).length;
  console.log(`${name}: ${good} of ${runs} good: ${isEnough(good) ? 'passed' : 'FAILED'}`);
  return isEnough(good);
}

function readKept(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

mkdirSync(results, { recursive: true });
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in parts));
if (unknown) {
  console.error(`There is no part ${unknown}. Parts: ${Object.keys(parts).join(', ')}.`);
  process.exitCode = 2;
} else {
  const passed = (asked.length > 0 ? asked : Object.keys(parts)).map(runPart);
  process.exitCode = passed.every(Boolean) ? 0 : 1;
}
