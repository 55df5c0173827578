import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { effectOn, effectText } from '../effects.mjs';
import { mustRun } from '../mustRun.mjs';
import { comparisonMinutes } from '../part.mjs';

const project = '.insights-comparison/acceptance/public_app/site';
const quick = { blocks: 3, trialSeconds: 10, warmupSeconds: 3, capacitySeconds: 5, overheadSeconds: 6 };

/** @type {import('../part.mjs').Part} */
export const part = {
  about:
    'A large public application as one installs it (Wagtail on Django, its own start project): "run . quick" without a project file or an option finds app, interpreter, variants and endpoints, and ends with a valid record',
  showsAllRuns: true,
  prepare: makeSite,
  runs: [{ name: 'wagtail', minutes: comparisonMinutes(quick), hasOwnPython: true, words: ['run', project, 'quick'] }],
  judge: (record) => {
    const endpoints = Object.keys(record.trials[0]?.latency ?? {});
    const isFound =
      record.status === 'complete' &&
      record.plan.target === 'django' &&
      /^gunicorn/.test(record.software.server ?? '') &&
      record.variants.map(({ name }) => name).join() === 'without_insights,with_insights' &&
      endpoints.length > 0 &&
      record.trials.every(({ verification }) => verification.ok === true);
    const { framework, server, honeybadger } = record.software;
    return {
      isGood: isFound,
      text: `${record.status}: ${framework}, ${server}, honeybadger ${honeybadger}; ${endpoints.join(', ')}; ${effectText(effectOn(record, 'cpu_ms_per_request'))}`,
    };
  },
};

/** What its own guide says, and the one line that honeybadger's says. Done once. */
function makeSite() {
  const folder = path.resolve(import.meta.dirname, '..', '..', project);
  if (existsSync(path.join(folder, 'db.sqlite3'))) return;
  mkdirSync(folder, { recursive: true });
  const python = process.env.INSIGHTS_COMPARISON_SAMPLE_PYTHON ?? 'python3';
  mustRun(python, ['-m', 'venv', '.venv'], folder);
  const own = path.join(folder, '.venv', 'bin', 'python');
  mustRun(own, ['-m', 'pip', 'install', '--quiet', 'wagtail==7.2', 'gunicorn', 'honeybadger==1.3.0'], folder);
  mustRun(path.join(folder, '.venv', 'bin', 'wagtail'), ['start', 'mysite', '.'], folder);
  const settings = path.join(folder, 'mysite', 'settings', 'base.py');
  const text = readFileSync(settings, 'utf8');
  writeFileSync(
    settings,
    text.replace('MIDDLEWARE = [', 'MIDDLEWARE = [\n    "honeybadger.contrib.DjangoHoneybadgerMiddleware",'),
  );
  mustRun(own, ['manage.py', 'migrate', '--verbosity', '0'], folder);
}
