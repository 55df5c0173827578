import { createServer } from 'node:net';
import { once } from 'node:events';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ComparisonRecord } from '../../src/shared/record';
import { copyTinyProject, processesOf, runCommandLine, type TestProject } from './commandLine';

const short = ['run', '.', 'short', '--blocks', '1', '--no-capacity', '--seed', '1'];
let project: TestProject;

beforeEach(async () => {
  project = await copyTinyProject();
});
afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

describe('what the user can fix is one clear sentence with the fix, and the exit code of the contract', () => {
  test('a taken port names who has it, kills nobody and exits 3', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await replaceInProjectFile('"port": 0', `"port": ${port}`);
    const { code, stderr } = await runCommandLine(project, short);
    expect(stderr).toContain(`Port ${port} is taken by process ${process.pid}`);
    expect(stderr).toContain('"port"');
    expect(code).toBe(3);
    expect(server.listening).toBe(true);
    server.close();
  });

  test('a missing Python module is named with the line that installs it, exit 3', async () => {
    const { code, stderr } = await runCommandLine(project, [...short, '-e', 'without_insights:TINY_MISSING_MODULE=1']);
    expect(stderr).toContain('a_module_that_is_not_there');
    expect(stderr).toContain('-m pip install a_module_that_is_not_there');
    expect(code).toBe(3);
  });

  test('an app that crashes at start is quoted, exit 3', async () => {
    const { code, stderr } = await runCommandLine(project, [...short, '-e', 'without_insights:TINY_CRASH=1']);
    expect(stderr).toContain('RuntimeError: the database password is wrong');
    expect(code).toBe(3);
  });

  test('a broken env file is named with its line, exit 2', async () => {
    await appendFile(path.join(project.folder, 'with.env'), 'this is no assignment\n');
    const { code, stderr } = await runCommandLine(project, short);
    expect(stderr).toContain('with.env:4: neither KEY=VALUE nor a comment');
    expect(code).toBe(2);
  });

  test('a missing env file is named, exit 2', async () => {
    await replaceInProjectFile('"with.env"', '"nowhere.env"');
    const { code, stderr } = await runCommandLine(project, short);
    expect(stderr).toContain('nowhere.env');
    expect(code).toBe(2);
  });

  test('a results folder that cannot be written is named, exit 2', async () => {
    await writeFile(path.join(project.folder, 'in-the-way'), '');
    const { code, stderr } = await runCommandLine(project, [...short, '--out', 'in-the-way']);
    expect(stderr).toContain('The results cannot be written to');
    expect(stderr).toContain('--out');
    expect(code).toBe(2);
  });

  test('a mistake in the project file is named with line and column, exit 2', async () => {
    await replaceInProjectFile('"durationSeconds"', '"durationSecond"');
    const { code, stderr } = await runCommandLine(project, short);
    expect(stderr).toMatch(/insights-comparison\.jsonc:\d+:\d+: .*durationSecond/);
    expect(code).toBe(2);
  });

  test.each([
    [['run', '.', 'shrt'], /no scenario shrt[\s\S]*Did you mean short\?/],
    [['run', '.', 'tiny'], /no scenario tiny[\s\S]*comes before it: light_load tiny/],
    [['run', '.', 'all'], /no scenario all[\s\S]*comes before it: light_load all/],
    [['run', '.', 'short', 'tny'], /no target tny[\s\S]*Did you mean tiny\?/],
    [['run', '--behaviour', 'visitr'], /no behaviour visitr[\s\S]*Did you mean visitor\?/],
    [['run', '--blocs', '3'], /unknown option '--blocs'[\s\S]*--blocks/],
    [['rum'], /unknown command|rum/],
    [['locustfile', '.', 'short', '--behaviour', 'NoSuchUser'], /NoSuchUser/],
    [['run', '.', 'short', '--until', '2'], /--until takes a percentage from 0.1% to 50%, not 2/],
    [['run', '.', 'short', '--outage', 'hung'], /There is no outage hung[\s\S]*Did you mean hang\?/],
    [['run', '.', 'short', '--endpoint', 'away'], /--endpoint away is no endpoint[\s\S]*Use local/],
    [['run', '.', 'short', '--budget', 'cpu +5%'], /cpu/],
  ])('%j exits 2', async (words, message) => {
    const { code, stderr } = await runCommandLine(project, words);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('a comparison that would mean nothing ends invalid (5) with the reason and the fix, or corrected', () => {
  test('Insights off by mistake in the candidate: there is nothing to compare', async () => {
    await writeFile(path.join(project.folder, 'with.env'), 'HONEYBADGER_INSIGHTS_ENABLED=false\n');
    const { code, stdout, stderr } = await runCommandLine(project, short);
    expect(stdout + stderr).toMatch(/Insights is off in every variant, with_insights too/);
    expect(code).toBe(5);
  });

  test('an app that is not wired sends nothing', async () => {
    const { code, stderr, events } = await runCommandLine(project, [
      ...short,
      '--events',
      '-e',
      'with_insights:TINY_UNWIRED=1',
    ]);
    const finished = events.find((event) => event.type === 'comparison-finished');
    expect(finished).toMatchObject({ outcome: 'invalid', exitCode: 5 });
    expect(JSON.stringify(finished) + stderr).toContain('FlaskHoneybadger');
    expect(code).toBe(5);
  });

  test('an app that is not wired is found even where the sample rate lets no event through', async () => {
    const silent = [...short, '-e', 'with_insights:HONEYBADGER_EVENTS_SAMPLE_RATE=0'];
    const { code, stderr } = await runCommandLine(project, [...silent, '-e', 'with_insights:TINY_UNWIRED=1']);
    expect(stderr).toMatch(/✗ with_insights: None of the \d+ expected request events arrived/);
    expect(code).toBe(5);
  });

  test('a wired one passes: heard in its rehearsal, silent in its trials', async () => {
    const silent = [...short, '--json', '-e', 'with_insights:HONEYBADGER_EVENTS_SAMPLE_RATE=0'];
    const { code, stdout, stderr } = await runCommandLine(project, silent);
    expect(stderr).toMatch(
      /✓ with_insights: every endpoint answers, \d+ events arrived with its sample rate raised to 100 %/,
    );
    const trials = (JSON.parse(stdout) as ComparisonRecord).trials.filter(({ variant }) => variant === 'with_insights');
    expect(trials[0]?.verification).toMatchObject({ ok: true, expected: 0, eventsByType: {} });
    expect(trials[0]?.verification.reason).toContain('cannot prove');
    expect(code).toBe(0);
  });

  test('load_dotenv(override=True) that switches it on in the baseline is found', async () => {
    await writeFile(path.join(project.folder, '.env'), 'HONEYBADGER_INSIGHTS_ENABLED=true\n');
    const { code, stdout, stderr } = await runCommandLine(project, [
      ...short,
      '-e',
      'without_insights:TINY_DOTENV_OVERRIDE=1',
    ]);
    const said = (stdout + stderr).replaceAll(/\s+/g, ' ');
    expect(said).toContain(
      'without_insights: HONEYBADGER_INSIGHTS_ENABLED is "true" in the app once it is loaded, not "false" as it was given',
    );
    expect(said).toContain('take override=True out of load_dotenv');
    expect(code).toBe(5);
  });

  const debug = ['-e', 'with_insights:DEBUG=true', '-e', 'without_insights:DEBUG=true'];

  test('DEBUG on is corrected so that events are sent, and said', async () => {
    await replaceInProjectFile('{ "weight": 1, "name": "error", "path": "/error/", "expect": [500] },', '');
    const { code, stdout } = await runCommandLine(project, [...short, '--json', '--quiet', ...debug]);
    expect(code).toBe(0);
    const record = JSON.parse(stdout) as { status: string; warnings: { code: string }[] };
    expect(record.status).toBe('complete');
    expect(record.warnings.map((warning) => warning.code)).toContain('debug_on');
  });

  test('DEBUG on with requests that end in exceptions cannot be corrected: no event is sent for them', async () => {
    const { code, stdout } = await runCommandLine(project, [...short, ...debug]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('with DEBUG on, Flask lets unhandled exceptions through');
    expect(code).toBe(5);
  });

  test('an endpoint that the app does not have is found before any trial', async () => {
    await replaceInProjectFile('"path": "/"', '"path": "/nowhere/"');
    const { code, stdout, stderr } = await runCommandLine(project, short);
    expect(stdout + stderr).toMatch(/home failed \(HTTP 404\)/);
    expect(code).toBe(5);
  });
});

async function replaceInProjectFile(text: string, by: string): Promise<void> {
  const file = path.join(project.folder, 'insights-comparison.jsonc');
  const before = await readFile(file, 'utf8');
  expect(before).toContain(text);
  await writeFile(file, before.replace(text, by));
}
