import { createHash } from 'node:crypto';
import { readdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { ComparisonRecord } from '../../src/shared/record';
import {
  copyProject,
  firstAttempts,
  processesOf,
  runCommandLine,
  startCommand,
  testPython,
  type TestProject,
} from './commandLine';

// A stranger's project, as it is: no project file, no option that says what the app is. It runs in a copy, on its own interpreter.

const short = ['--blocks', '1', '--trial', '5s', '--warmup', '0s', '--no-capacity', '--seed', '1'];
/** What names the interpreter for the other tests: here the project's own has to be found. */
const nothingAsked = { INSIGHTS_COMPARISON_PYTHON: '' };
let project: TestProject;

afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

interface Expected {
  readonly target: string;
  readonly framework: RegExp;
  readonly variants: readonly string[];
  readonly endpoints: readonly string[];
  /** In the words that say which routes were left out. */
  readonly leftOut: readonly string[];
  readonly warnings: readonly string[];
}

describe('"run . quick" finds app, interpreter, server, variants and endpoints of', () => {
  test.each<[string, Expected]>([
    [
      'flask_plain',
      {
        target: 'flask',
        framework: /^Flask /,
        variants: ['without_insights', 'with_insights'],
        endpoints: ['GET /', 'GET /report', 'GET /visits/1'],
        leftOut: ['/logout (unsafe by its name (logout))', '/admin (needs a login)', '/broken (fails with HTTP 500)'],
        warnings: [],
      },
    ],
    [
      'flask_factory',
      {
        target: 'flask',
        framework: /^Flask /,
        variants: ['without_insights', 'with_insights'],
        endpoints: ['GET /goods/', 'GET /goods/1'],
        leftOut: ['/goods/<int:number>/delete (unsafe by its name (delete))'],
        warnings: [],
      },
    ],
    [
      'django_split',
      {
        target: 'django',
        framework: /^Django /,
        variants: ['without_insights', 'with_insights'],
        endpoints: ['GET /', 'GET /about/', 'GET /goods/', 'GET /goods/1/'],
        leftOut: ['/basket/ (needs a login)', '/sessions/delete/ (unsafe by its name (delete))'],
        warnings: ['debug_on', 'other_settings'],
      },
    ],
    [
      'django_celery',
      {
        target: 'django',
        framework: /^Django /,
        variants: ['off', 'on'],
        endpoints: ['GET /letters/'],
        leftOut: ['/letters/send/ (unsafe by its name (send))'],
        warnings: ['celery_not_started'],
      },
    ],
  ])(
    '%s',
    async (fixture, expected) => {
      project = await openStrangersProject(fixture);
      const before = await hashesOf(project.folder);
      const command = await runCommandLine(project, ['run', '.', 'quick', ...short, '--json', '--quiet'], nothingAsked);
      expect(command).toMatchObject({ code: 0 });
      const record = JSON.parse(command.stdout) as ComparisonRecord;
      expect(record).toMatchObject({ status: 'complete', plan: { target: expected.target } });
      expect(record.variants.map(({ name }) => name)).toEqual(expected.variants);
      expect(record.software).toMatchObject({
        framework: expect.stringMatching(expected.framework) as unknown,
        server: expect.stringMatching(/^gunicorn /) as unknown,
      });
      expect(firstAttempts(record.trials).map(({ verification }) => verification.ok)).toEqual([true, true]);
      expect(Object.keys(record.trials[0]?.latency ?? {}).sort()).toEqual(expected.endpoints);
      // Where the code of each endpoint stands: in the user's own folder, not in the copy that ran.
      expect(record.sources?.map(({ endpoint }) => endpoint).sort()).toEqual(expected.endpoints);
      for (const { file, line } of record.sources ?? []) {
        const lines = (await readFile(path.join(project.folder, file), 'utf8')).split('\n');
        expect(lines[line - 1]).toMatch(/^\s*(?:@|def |async def |class )/);
      }
      const finding = record.warnings.find(({ code }) => code === 'endpoints_from_routes')?.message ?? '';
      for (const text of expected.leftOut) expect(finding).toContain(text);
      const codes = record.warnings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining([...expected.warnings]));
      expect(codes).not.toContain('copy_bypassed');
      expect(await hashesOf(project.folder)).toEqual(before);
    },
    120_000,
  );

  test('every app of a repository with two', async () => {
    project = await openStrangersProject('two_apps');
    const command = await runCommandLine(
      project,
      ['run', '.', 'quick', 'all', ...short, '--json', '--quiet'],
      nothingAsked,
    );
    expect(command).toMatchObject({ code: 0 });
    const records = command.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ComparisonRecord);
    expect(records.map(({ plan, status }) => [plan.target, status])).toEqual([
      ['api', 'complete'],
      ['web', 'complete'],
    ]);
  }, 180_000);
});

test('no file of a project changes when everything is killed in the middle of a trial', async () => {
  project = await openStrangersProject('flask_plain');
  const before = await hashesOf(project.folder);
  const running = startCommand(project, ['run', '.', 'quick', ...short, '--events'], nothingAsked);
  await running.waitFor((event) => event.type === 'phase' && event.phase === 'measuring');
  running.child.kill('SIGKILL');
  await running.exited;
  await expect.poll(async () => processesOf(project), { timeout: 20_000 }).toEqual([]);
  expect(await hashesOf(project.folder)).toEqual(before);
});

/** A copy with a virtual environment beside the app, as one has it. */
async function openStrangersProject(fixture: string): Promise<TestProject> {
  const opened = await copyProject(`projects/${fixture}`);
  await symlink(path.dirname(path.dirname(testPython())), path.join(opened.folder, '.venv'));
  return opened;
}

/** Every file but our results. */
async function hashesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('.insights-comparison'));
  const hashed = files.sort().map(async (file) => {
    const hash = createHash('sha256')
      .update(await readFile(path.join(folder, file)))
      .digest('hex');
    return [file, hash] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
}
