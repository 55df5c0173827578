import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseProjectFile } from '../../src/core/project/readProjectFile';
import type { ComparisonRecord } from '../../src/shared/record';
import { copyProject, copyTinyProject, processesOf, runCommandLine, type TestProject } from './commandLine';

let project: TestProject;
let server: Server | undefined;

afterEach(async () => {
  server?.close();
  server = undefined;
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

async function doctor(...words: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return runCommandLine(project, ['doctor', '.', ...words]);
}

describe('doctor', () => {
  test('says of a sound project what it has found, and that nothing stands in the way', async () => {
    project = await copyProject('projects/flask_plain');
    const { code, stdout } = await doctor('quick');
    expect(stdout).toMatch(/✓ Python 3\.\d+\.\d+ \(INSIGHTS_COMPARISON_PYTHON\)/);
    expect(stdout).toMatch(/✓ Flask \S+, gunicorn \S+, honeybadger \S+/);
    expect(stdout).toMatch(/✓ Results can be written to .*\.insights-comparison/);
    expect(stdout).toContain('✓ Each trial takes a port that is free');
    // By what this machine shows.
    expect(stdout).toMatch(/✓ CPU instructions are (not )?counted/);
    expect(stdout).toMatch(/✓ with_insights: every endpoint answers, \d+ events arrived/);
    expect(stdout).toContain('flask: nothing stands in the way of a run');
    expect(code).toBe(0);
  });

  test('says the same as JSON, and as events', async () => {
    project = await copyTinyProject();
    const { code, stdout } = await doctor('short', '--json', '-e', 'with_insights:TINY_UNWIRED=1');
    expect(code).toBe(5);
    const said = JSON.parse(stdout) as { readonly findings: readonly { readonly code: string }[] };
    expect(said).toMatchObject({ target: 'tiny', isReady: false, error: null });
    expect(said).toHaveProperty(
      'checks',
      expect.arrayContaining([
        { check: 'with_insights', state: 'failed', message: expect.stringMatching(/^with_insights: None of the/) },
        { check: 'without_insights', state: 'ok', message: expect.stringContaining('every endpoint answers') },
      ]),
    );
    expect(said.findings.find((finding) => finding.code === 'verification_failed')).toHaveProperty(
      'advice',
      expect.stringContaining('FlaskHoneybadger(app'),
    );
    const events = (await doctor('short', '--events')).stdout.trimEnd().split('\n');
    expect(events.map((line) => JSON.parse(line) as { type: string }).map(({ type }) => type)).toContain('preflight');
  });

  test('names a results folder that cannot be written, exit 2', async () => {
    project = await copyTinyProject();
    await writeFile(path.join(project.folder, 'in-the-way'), '');
    const { code, stdout } = await doctor('short', '--out', 'in-the-way/results');
    expect(stdout).toMatch(/✗ The results cannot be written to .*in-the-way\/results: .*in-the-way is a file/);
    expect(stdout).toContain('--out DIR');
    expect(code).toBe(2);
  });

  test('names who has the port, and leaves him alone', async () => {
    project = await copyTinyProject();
    const port = await listen();
    await change((text) => text.replace('"port": 0', `"port": ${port}`));
    const { code, stdout } = await doctor('short');
    expect(stdout).toContain(`✗ Port ${port} is taken by process ${process.pid}`);
    expect(stdout).toContain('set another "port" of the target');
    expect(code).toBe(3);
    expect(server?.listening).toBe(true);
  });

  test('names a broker and a database that do not answer', async () => {
    project = await copyTinyProject();
    const port = await listen();
    server?.close();
    const lines = `CELERY_BROKER_URL=redis://127.0.0.1:${port}/0\nDB_HOST=127.0.0.1\nDB_PORT=${port + 1}\n`;
    await writeFile(path.join(project.folder, 'without.env'), `HONEYBADGER_INSIGHTS_ENABLED=false\n${lines}`);
    const { code, stdout } = await doctor('short');
    expect(stdout).toContain(`! Redis does not answer at 127.0.0.1:${port}, which CELERY_BROKER_URL names`);
    expect(stdout).toContain(`! The database does not answer at 127.0.0.1:${port + 1}, which DB_HOST names`);
    expect(stdout).toContain('--stack mysql-redis');
    expect(code).toBe(0);
  });

  test('says why an app does not start, in its own last words', async () => {
    project = await copyTinyProject();
    const { code, stdout } = await doctor('short', '-e', 'without_insights:TINY_CRASH=1');
    expect(stdout).toContain('the database password is wrong');
    expect(stdout).toContain('tiny: it cannot be measured yet');
    expect(code).toBe(3);
  });

  test('says what is wrong with an app that does not use honeybadger, with the lines to add', async () => {
    project = await copyTinyProject();
    const { code, stdout } = await doctor('short', '-e', 'with_insights:TINY_UNWIRED=1');
    expect(stdout).toContain('FlaskHoneybadger(');
    expect(stdout).toContain('tiny: a run would mean nothing before this is mended');
    expect(code).toBe(5);
  });
});

describe('init', () => {
  test('writes a file that says what run does without one, and never over another', async () => {
    project = await copyProject('projects/flask_plain');
    const written = await runCommandLine(project, ['init', '.']);
    expect(written).toMatchObject({ code: 0 });
    const file = path.join(project.folder, 'insights-comparison.jsonc');
    expect(written.stdout.trim()).toBe(file);
    const text = await readFile(file, 'utf8');
    expect(parseProjectFile(text, file)).toMatchObject({
      targets: { flask: { cwd: '.', ready: '/', reset: { projectCopy: true } } },
      behaviours: { flask: { requests: [{ path: '/' }, { path: '/report' }, { path: '/visits/1' }] } },
    });
    const again = await runCommandLine(project, ['init', '.']);
    expect(again).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is a project file already') as unknown,
    });
    expect(await readFile(file, 'utf8')).toBe(text);
    const short = ['--blocks', '1', '--trial', '5s', '--warmup', '0s', '--no-capacity'];
    const run = await runCommandLine(project, ['run', '.', 'quick', ...short, '--json', '--quiet']);
    expect(run).toMatchObject({ code: 0 });
    const record = JSON.parse(run.stdout) as ComparisonRecord;
    expect(record.plan).toMatchObject({ scenario: { behaviour: 'flask' }, resets: ['projectCopy'] });
  }, 180_000);

  test('keeps the pair of env files and the Celery app that it found', async () => {
    project = await copyProject('projects/django_celery');
    expect(await runCommandLine(project, ['init', '.'])).toMatchObject({ code: 0 });
    const text = await readFile(path.join(project.folder, 'insights-comparison.jsonc'), 'utf8');
    expect(parseProjectFile(text, 'x')).toMatchObject({
      targets: { django: { variants: { off: ['.env.off'], on: ['.env.on'] }, companions: [] } },
    });
    expect(text).toContain('// "companions": [{ "name": "celery"');
  });
});

async function listen(): Promise<number> {
  const opened = createServer();
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  const address = opened.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function change(how: (text: string) => string): Promise<void> {
  const file = path.join(project.folder, 'insights-comparison.jsonc');
  const text = await readFile(file, 'utf8');
  const changed = how(text);
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
}
