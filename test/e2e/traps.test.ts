import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/shared/events';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import { totalCpuSeconds } from '../../src/shared/totalCpuSeconds';
import {
  copyProject,
  firstAttempts,
  processesOf,
  runCommandLine,
  startCommand,
  type RunningCommand,
  type TestProject,
} from './commandLine';
import { useCommand } from './useCommand';

// Each trap that makes a comparison silently meaningless, set for real in a Flask or Django app with the real honeybadger package:
// the comparison comes out invalid with the sentence and the fix, or corrected. (Those of plain settings: failures.test.ts.)

const short = ['run', '.', 'short', '--blocks', '1', '--no-capacity', '--seed', '1'];
let project: TestProject;

afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

describe('corrected, as the rehearsal shows by what arrives', () => {
  test('DEBUG and a development environment, in which Honeybadger sends nothing', async () => {
    project = await copyProject('django');
    for (const file of ['with.env', 'without.env']) {
      await append(file, 'TINY_DEBUG=1\nHONEYBADGER_ENVIRONMENT=development\nHONEYBADGER_FORCE_REPORT_DATA=false\n');
    }
    const { messages, warnings } = await rehearse([]);
    expect(messages).toEqual(arrivesWhereItMust);
    expect(warnings).toContain('debug_on');
  });

  test('no API key, a stray .env, and an endpoint of the user: key, switch and endpoint are ours', async () => {
    project = await copyProject('tiny');
    await useCommand(project, ['-m', 'flask', '--app', 'app', 'run', '--no-reload', '--port', '{port}']);
    for (const [file, state] of [['with.env', 'true'] as const, ['without.env', 'false'] as const])
      await write(file, `HONEYBADGER_INSIGHTS_ENABLED=${state}\nHONEYBADGER_ENDPOINT=${nowhere}\n`);
    // Flask's own command fills in what is not set; so does the app's load_dotenv() in the baseline.
    const stray = `HONEYBADGER_INSIGHTS_ENABLED=true\nHONEYBADGER_ENDPOINT=${nowhere}\nHONEYBADGER_EVENTS_SAMPLE_RATE=0\n`;
    await write('.env', stray);
    const { messages } = await rehearse(['-e', 'without_insights:TINY_DOTENV=1'], { HONEYBADGER_ENDPOINT: nowhere });
    expect(messages).toEqual(arrivesWhereItMust);
    expect(await readFile(path.join(project.folder, '.env'), 'utf8')).toBe(stray);
  });
});

describe('waited for', () => {
  test('a collector that hangs holds the app in its exit hook: the wait is counted, and the run goes on after it', async () => {
    project = await copyProject('tiny');
    const running = startCommand(project, [...short, '--events']);
    await running.waitFor((event) => event.type === 'preflight' && event.check === 'with_insights');
    const before = running.events.length;
    // The app is up, its key is known to the collector.
    await running.waitFor(
      (event) =>
        event.type === 'log' && event.line.includes('Booting worker') && running.events.indexOf(event) >= before,
    );
    const collector = (await processesOf(project)).find(({ command }) => command.includes('collector.js'));
    if (!collector) throw new Error('There is no collector');
    process.kill(collector.pid, 'SIGSTOP');
    try {
      const wait = await running.waitFor((event) => event.type === 'exit-wait' && event.elapsedSeconds >= 2);
      expect(wait).toMatchObject({ process: 'tiny', elapsedSeconds: 2, limitSeconds: 130 });
    } finally {
      process.kill(collector.pid, 'SIGCONT');
    }
    const verdict = await running.waitFor(isDone('with_insights'));
    expect(verdict).toMatchObject({ state: 'ok', message: expect.stringMatching(someArrived) });
    await interrupt(running);
  });
});

describe('invalid, with the sentence and the fix', () => {
  test('workers that were forked after the import: the sending thread stayed behind', async () => {
    project = await copyProject('tiny');
    // Where no word of the command tells of it.
    await write('gunicorn.conf.py', 'preload_app = True\n');
    expect(await outcome(short)).toEqual({
      code: 5,
      said: expect.stringMatching(
        /with_insights: None of the \d+ expected request events arrived: with preload Honeybadger's sending thread stays behind.*Start the server without --preload \(gunicorn.conf.py: preload_app = False\)/,
      ),
    });
  });

  test('a queue that is full: the cost would be underestimated', async () => {
    project = await copyProject('tiny');
    await append('with.env', 'HONEYBADGER_EVENTS_MAX_QUEUE_SIZE=20\n');
    expect(await outcome(short)).toEqual({
      code: 5,
      said: expect.stringMatching(
        /\d+ of \d+ expected request events are missing: the app's queue of 20 events was full and the newest were dropped, so the cost of Insights is underestimated here.*Raise HONEYBADGER_EVENTS_MAX_QUEUE_SIZE/,
      ),
    });
  });

  test("Flask's reloader: the app is a grandchild that is killed with its events; forced on, its CPU is whole", async () => {
    project = await copyProject('tiny');
    await useCommand(project, ['-m', 'flask', '--app', 'app', 'run', '--debug', '--port', '{port}']);
    await replaceInProjectFile('{ "weight": 1, "name": "error", "path": "/error/", "expect": [500] },', '');
    const burnMs = 5;
    const burn = ['with_insights', 'without_insights'].flatMap((name) => ['-e', `${name}:BURN_US=${burnMs * 1000}`]);
    const running = startCommand(project, [...short, '--events', '--force', ...burn]);
    const finished = await running.waitFor((event) => event.type === 'trial-finished');
    await interrupt(running);
    const record = await savedRecord(running);
    expect(finished).toMatchObject({ type: 'trial-finished' });
    const [trial] = record.trials;
    if (!trial) throw new Error('No trial was kept');
    expect(((totalCpuSeconds(trial) ?? 0) * 1000) / trial.requests).toBeGreaterThan(burnMs);
    expect(record.warnings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['reloader_on', 'debug_on', 'verification_failed']),
    );
    const failed = record.warnings.find(({ code }) => code === 'verification_failed');
    expect(failed?.message).toContain('the server runs with its reloader, which kills the app at the end');
    expect(failed?.advice).toContain('--no-reload');
  });

  test("Django's reloader", async () => {
    project = await copyProject('django');
    await useCommand(project, ['manage.py', 'runserver', '127.0.0.1:{port}']);
    const { code, said } = await outcome(short);
    expect(said).toMatch(
      /with its reloader, which kills the app at the end.*Start the server without the reloader \(--noreload\)/,
    );
    expect(code).toBe(5);
  });

  test('load_dotenv(override=True): every value that is not in force is named with both values, secrets masked', async () => {
    project = await copyProject('tiny');
    await write(
      '.env',
      'HONEYBADGER_EVENTS_SAMPLE_RATE=50\nHONEYBADGER_API_KEY=hbp_of_the_user\nSECRET_KEY=of-the-user\n',
    );
    const record = await recordOf([
      '-e',
      'with_insights:HONEYBADGER_EVENTS_SAMPLE_RATE=100',
      '-e',
      'with_insights:TINY_DOTENV_OVERRIDE=1',
    ]);
    expect(record.status).toBe('invalid');
    expect(record.trials).toEqual([]);
    const told = record.warnings.flatMap(({ code, message }) => (code.startsWith('e') ? [[code, message]] : []));
    const overruled = 'in the app once it is loaded, not';
    expect(told).toEqual(
      expect.arrayContaining([
        ['effective_config', `with_insights: HONEYBADGER_API_KEY is ••• ${overruled} ••• as it was given`],
        [
          'effective_config',
          `with_insights: HONEYBADGER_EVENTS_SAMPLE_RATE is "50" ${overruled} "100" as it was given`,
        ],
        ['environment_overruled', `with_insights: SECRET_KEY is ••• ${overruled} ••• as it was given`],
      ]),
    );
    expect(record.outcomeReason).toContain('take override=True out of load_dotenv');
    expect(JSON.stringify(record)).not.toMatch(/of.the.user/);
    expect(record.variants.map(({ effective }) => effective?.['HONEYBADGER_EVENTS_SAMPLE_RATE'])).toEqual([
      '100',
      '50',
    ]);
  });

  test('an endpoint that the app sets in code: nothing is started, not even by force', async () => {
    project = await copyProject('django');
    const { code, said } = await outcome([
      ...short,
      '--force',
      '-e',
      `with_insights:TINY_CONFIGURED_ENDPOINT=${nowhere}`,
    ]);
    expect(said).toMatch(
      /with_insights: HONEYBADGER_ENDPOINT is "https:\/\/nowhere.invalid" in the app once it is loaded, not "https:\/\/127.0.0.1:\d+" as it was given.*Remove endpoint from honeybadger.configure/,
    );
    expect(code).toBe(5);
  });

  test('a Django project without the middleware: the exact line', async () => {
    project = await copyProject('django');
    const { code, said } = await outcome([...short, '-e', 'with_insights:TINY_UNWIRED=1']);
    expect(said).toMatch(
      /the app does not import the honeybadger package.*In settings, put 'honeybadger.contrib.DjangoHoneybadgerMiddleware' first in MIDDLEWARE/,
    );
    expect(code).toBe(5);
  });

  test('pages behind a login, forms with a CSRF check, and a project that redirects all to https: what to change', async () => {
    project = await copyProject('django');
    const { code, said } = await outcome([
      ...short,
      '--behaviour',
      'stranger',
      '-e',
      'with_insights:TINY_SSL_REDIRECT=1',
    ]);
    expect(said).toMatch(
      /without_insights: private answers with a redirect to \/accounts\/login\/\?next=\/private\/ \(HTTP 302\)\. .* log in with "onStart"/,
    );
    expect(said).toMatch(/without_insights: form failed \(HTTP 403\)\. .*"X-CSRFToken"/);
    expect(said).toMatch(
      /with_insights: private answers with a redirect to https:\/\/127.0.0.1:\d+\/private\/ \(HTTP 301\)\. .*SECURE_SSL_REDIRECT\): set that to False/,
    );
    expect(code).toBe(5);
  });
});

test('a host that Django does not know is told before anything is measured, exit 3', async () => {
  project = await copyProject('django');
  const { code, said } = await outcome([...short, '-e', 'without_insights:TINY_HOSTS=example.com']);
  expect(said).toMatch(/answers \/ with HTTP 400.*ALLOWED_HOSTS: add 127.0.0.1/);
  expect(code).toBe(3);
});

test('findings that are no error: queries sent twice, a queue near its limit, batches over the documented size, late events', async () => {
  project = await copyProject('django');
  for (const file of ['with.env', 'without.env']) {
    await append(
      file,
      'TINY_CELERY=1\nTINY_QUERIES=10\nHONEYBADGER_EVENTS_MAX_QUEUE_SIZE=1000\nHONEYBADGER_EVENTS_BATCH_SIZE=600\n',
    );
  }
  // Events of a process that outlives its trial, while the next one runs.
  await append('without.env', 'TINY_DAEMON=1\nHONEYBADGER_EVENTS_TIMEOUT=1\n');
  const record = await recordOf(['--seed', '2']);
  expect(record.status).toBe('complete');
  expect(firstAttempts(record.trials).map(({ variant }) => variant)).toEqual(['without_insights', 'with_insights']);
  const found = Object.fromEntries(record.warnings.map(({ code, message }) => [code, message]));
  const [n, of] = /\(with_insights: ([\d,]+) of ([\d,]+)\)/.exec(found['queries_sent_twice'] ?? '')?.slice(1) ?? [];
  expect(found['queries_sent_twice']).toMatch(/^Each query is matched and sent twice/);
  const queries = record.trials
    .filter(({ variant }) => variant === 'with_insights')
    .reduce((sum, { verification }) => sum + (verification.eventsByType['db.query'] ?? 0), 0);
  expect(Number(n?.replace(',', ''))).toBeGreaterThan(0.49 * queries);
  expect(Number(n?.replace(',', '')) + Number(of?.replace(',', ''))).toBe(queries);
  expect(found['large_batches']).toMatch(/with_insights up to \d+ KB/);
  expect(found['queue_near_limit']).toMatch(/with_insights [\d,]+ of 1,000, \d+ %/);
  expect(found['late_events']).toMatch(
    /^\d+ events or notices came after their trial had been judged \(without_insights\)/,
  );
  const isLate = (variant: string): readonly boolean[] =>
    record.trials.filter((trial) => trial.variant === variant).map(({ verification }) => (verification.late ?? 0) > 0);
  expect([isLate('without_insights')[0], isLate('with_insights').includes(true)]).toEqual([true, false]);
}, 240_000);

/** Never resolves: .invalid is reserved (RFC 2606). */
const nowhere = 'https://nowhere.invalid';
const someArrived = /: every endpoint answers, [1-9]\d* events arrived/;
const arrivesWhereItMust = [
  expect.stringMatching(/^without_insights: every endpoint answers, no event arrived/),
  expect.stringMatching(someArrived),
];

function isDone(variant: string) {
  return (event: RunEvent): boolean =>
    event.type === 'preflight' && event.check === variant && event.state !== 'running';
}

/** Runs up to the first trial: the checks before it are what is looked at. */
async function rehearse(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const running = startCommand(project, [...short, '--events', ...words], environment);
  await running.waitFor((event) => event.type === 'trial-started' || event.type === 'comparison-finished');
  await interrupt(running);
  const variants = running.events.flatMap((event) => (event.type === 'comparison-started' ? event.variants : []));
  return {
    messages: running.events.flatMap((event) =>
      event.type === 'preflight' && event.state !== 'running' && variants.includes(event.check) ? [event.message] : [],
    ),
    warnings: running.events.flatMap((event) => (event.type === 'warning' ? [event.warning.code] : [])),
  };
}

/** Once gracefully, once without waiting for the app. */
async function interrupt(running: RunningCommand): Promise<void> {
  running.child.kill('SIGINT');
  await running.waitFor((event) => event.type === 'stopping' || event.type === 'run-finished');
  running.child.kill('SIGINT');
  await running.exited;
}

/** What a person reads, as one line. */
async function outcome(words: readonly string[]): Promise<{ code: number | null; said: string }> {
  const { code, stdout, stderr } = await runCommandLine(project, words);
  return { code, said: (stdout + stderr).replaceAll(/\s+/g, ' ') };
}

async function recordOf(words: readonly string[]): Promise<ComparisonRecord> {
  const { stdout, stderr } = await runCommandLine(project, [...short, '--json', '--quiet', ...words]);
  expect(stderr).toBe('');
  return recordSchema.parse(JSON.parse(stdout));
}

async function savedRecord(running: RunningCommand): Promise<ComparisonRecord> {
  const finished = running.events.find((event) => event.type === 'comparison-finished');
  if (finished?.type !== 'comparison-finished' || !finished.recordPath) throw new Error(running.stderr());
  return recordSchema.parse(JSON.parse(await readFile(finished.recordPath, 'utf8')));
}

async function write(name: string, text: string): Promise<void> {
  await writeFile(path.join(project.folder, name), text);
}

async function append(name: string, text: string): Promise<void> {
  await write(name, (await readFile(path.join(project.folder, name), 'utf8')) + text);
}

async function replaceInProjectFile(text: string, by: string): Promise<void> {
  const file = path.join(project.folder, 'insights-comparison.jsonc');
  const before = await readFile(file, 'utf8');
  expect(before).toContain(text);
  await writeFile(file, before.replace(text, by));
}
