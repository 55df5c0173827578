import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { recordSchema, type ComparisonRecord } from '../../src/shared/record';
import {
  copyProject,
  firstAttempts,
  madeBySetup,
  processesOf,
  runCommandLine,
  testPython,
  type TestProject,
} from './commandLine';
import { makeEnvironment, nothingNamed, sitePackagesOf } from './makeEnvironment';
import { replaceCommand, useCommand } from './useCommand';

// Apps on other servers than gunicorn, the real ones. uvicorn's end loses what Honeybadger has queued; a bare ASGI app's events carry no id.

const servers = madeBySetup('INSIGHTS_COMPARISON_TEST_SERVERS');
const short = ['run', '.', 'short', '--blocks', '1', '--no-capacity', '--seed', '1'];
let project: TestProject;

afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

describe('Django', () => {
  test('on uvicorn, all of its events have come before it is stopped; that a deployment loses some is said', async () => {
    project = await copyProject('django');
    for (const file of ['with.env', 'without.env']) await appendFile(path.join(project.folder, file), 'TINY_ASGI=1\n');
    await makeEnvironment(project, /^$/, servers);
    const address = ['--host', '127.0.0.1', '--port', '{port}'];
    await useCommand(project, ['-m', 'uvicorn', ...address, 'manage:application']);
    const record = await recordOf(short);
    expect(record.status).toBe('complete');
    expect(eventsOf(record, 'with_insights')).toMatchObject({ ok: true, missing: 0 });
    expect(eventsOf(record, 'with_insights')?.expected).toBeGreaterThan(50);
    expect(codesOf(record)).toContain('queue_lost_at_exit');
  });

  test('on gunicorn with workers of uvicorn, which lose none', async () => {
    project = await copyProject('django');
    for (const file of ['with.env', 'without.env']) await appendFile(path.join(project.folder, file), 'TINY_ASGI=1\n');
    await makeEnvironment(project, /^$/, servers);
    const options = ['-b', '127.0.0.1:{port}', '-k', 'uvicorn_worker.UvicornWorker', '--no-control-socket'];
    await useCommand(project, ['-m', 'gunicorn', ...options, 'manage:application']);
    const record = await recordOf(short);
    expect(record.status).toBe('complete');
    expect(eventsOf(record, 'with_insights')).toMatchObject({ ok: true, missing: 0 });
    expect(codesOf(record)).not.toContain('queue_lost_at_exit');
  });
});

describe('without a project file, the only server that the app has is used', () => {
  const quick = ['run', '.', 'quick', '--blocks', '1', '--trial', '5s', '--no-capacity'];

  test('uvicorn', async () => {
    project = await copyProject('projects/django_split');
    await makeEnvironment(project, /^(?:gunicorn|waitress)/, servers);
    const wsgi = await readFile(path.join(project.folder, 'config', 'wsgi.py'), 'utf8');
    await writeFile(path.join(project.folder, 'config', 'asgi.py'), wsgi.replaceAll('wsgi', 'asgi'));
    await rm(path.join(project.folder, 'config', 'wsgi.py'));
    expectWhole(await recordOf(quick), /^uvicorn /);
  });

  test('waitress', async () => {
    project = await copyProject('projects/flask_plain');
    await makeEnvironment(project, /^(?:gunicorn|uvicorn)/, servers);
    expectWhole(await recordOf(quick), /^waitress /);
  });

  test("Django's own", async () => {
    project = await copyProject('projects/django_split');
    await makeEnvironment(project, /^(?:gunicorn|uvicorn|waitress)/);
    expectWhole(await recordOf(quick), /^development server$/);
  });

  function expectWhole(record: ComparisonRecord, server: RegExp): void {
    expect(record.software.server).toMatch(server);
    expect(record.status).toBe('complete');
    expect(eventsOf(record, 'with_insights')).toMatchObject({ ok: true, missing: 0 });
    expect(eventsOf(record, 'with_insights')?.expected).toBeGreaterThan(20);
  }
});

test('gunicorn leaves the control socket alone that another one has in the home folder', async () => {
  project = await copyProject('tiny');
  const words = ['-m', 'gunicorn', '-b', '127.0.0.1:{port}', '--threads', '4', 'app:app'];
  await useCommand(project, words);
  const folder = path.join(project.cache, '.gunicorn');
  await mkdir(folder, { recursive: true });
  const socket = path.join(folder, 'gunicorn.ctl');
  const other = createServer((connection) => connection.end('still here'));
  await new Promise<void>((resolve) => other.listen(socket, resolve));
  try {
    const before = await stat(socket);
    const { code } = await runCommandLine(project, ['doctor', '.', 'short'], { XDG_RUNTIME_DIR: '' });
    expect(code).toBe(0);
    expect((await stat(socket)).ino).toBe(before.ino);
    const said = await new Promise((resolve, reject) => {
      createConnection(socket).setEncoding('utf8').once('data', resolve).once('error', reject);
    });
    expect(said).toBe('still here');
    expect(await readdir(folder)).toEqual(['gunicorn.ctl']);
  } finally {
    other.close();
  }
});

describe('uWSGI', () => {
  /** Its Python has uWSGI alone: the app's packages are beside it. What an exit hook waits for is short. */
  async function useUwsgi(...words: readonly string[]): Promise<readonly string[]> {
    project = await copyProject('tiny');
    const uwsgi = path.join(path.dirname(servers), 'uwsgi');
    const address = ['--http-socket', '127.0.0.1:{port}', '--master', '--processes', '2', '--die-on-term'];
    const app = ['--module', 'app:app', '--pythonpath', await sitePackagesOf(testPython())];
    await replaceCommand(project, [uwsgi, ...address, ...app, ...words]);
    const waits = ['HONEYBADGER_EVENTS_TIMEOUT=1', 'HONEYBADGER_EVENTS_THROTTLE_WAIT=1'];
    const variants = ['without_insights', 'with_insights'];
    return [...short, ...variants.flatMap((name) => waits.flatMap((value) => ['-e', `${name}:${value}`]))];
  }

  test('that forks after it has loaded the app: the sending thread stayed behind', async () => {
    const words = await useUwsgi();
    const { code, stdout } = await runCommandLine(project, words);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /None of the 2 expected request events arrived: uWSGI loads the app before it forks its workers.*Start uWSGI with --lazy-apps and --enable-threads/,
    );
    expect(code).toBe(5);
  });

  test('that loads it in each worker', async () => {
    const record = await recordOf(await useUwsgi('--lazy-apps', '--enable-threads'), {});
    expect(record.status).toBe('complete');
    expect(eventsOf(record, 'with_insights')).toMatchObject({ ok: true, missing: 0 });
  });
});

describe('a bare ASGI app', () => {
  test('is judged by whether events came, for they carry no id', async () => {
    project = await copyProject('asgi');
    await makeEnvironment(project, /^$/, servers);
    const record = await recordOf(short);
    expect(record.status).toBe('complete');
    expect(eventsOf(record, 'with_insights')).toMatchObject({ ok: true, expected: null });
    const trial = firstAttempts(record.trials).find(({ variant }) => variant === 'with_insights');
    // What was asked before the window's edge and after it sends events too.
    expect(trial?.verification.eventsByType['asgi.request']).toBeGreaterThanOrEqual(trial?.requests ?? NaN);
  });

  test('that no event comes from ends before it is measured, with the line to add', async () => {
    project = await copyProject('asgi');
    await makeEnvironment(project, /^$/, servers);
    const { code, stdout, stderr } = await runCommandLine(
      project,
      [...short, '-e', 'with_insights:UNWIRED=1'],
      nothingNamed,
    );
    const said = (stdout + stderr).replaceAll(/\s+/g, ' ');
    expect(said).toMatch(/with_insights: None of the 1 expected request events arrived.*app = ASGIHoneybadger\(app\)/);
    expect(code).toBe(5);
  });

  test('that sends events of its own alone, and throws all away: that Insights is on in it is not proven', async () => {
    project = await copyProject('asgi');
    await makeEnvironment(project, /^$/, servers);
    const own = ['UNWIRED=1', 'OWN_EVENTS=1', 'HONEYBADGER_EVENTS_SAMPLE_RATE=0'];
    const { code, stdout } = await runCommandLine(
      project,
      ['doctor', '.', 'short', ...own.flatMap((value) => ['-e', `with_insights:${value}`])],
      nothingNamed,
    );
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /! with_insights throws all of its events away \(sample rate 0 %\), and no event could be matched with a request/,
    );
    expect(code).toBe(0);
  });
});

async function recordOf(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = nothingNamed,
): Promise<ComparisonRecord> {
  const { stdout, stderr } = await runCommandLine(project, [...words, '--json', '--quiet'], environment);
  expect(stderr).toBe('');
  return recordSchema.parse(JSON.parse(stdout));
}

function eventsOf({ trials }: ComparisonRecord, variant: string) {
  return firstAttempts(trials).find((trial) => trial.variant === variant)?.verification;
}

function codesOf({ warnings }: ComparisonRecord): readonly string[] {
  return warnings.map(({ code }) => code);
}
