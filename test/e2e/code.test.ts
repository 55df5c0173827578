import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitIn } from '../fixtures/gitIn';
import type { ComparisonRecord } from '../../src/shared/record';
import {
  copyProject,
  copyTinyProject,
  firstAttempts,
  processesOf,
  runCommandLine,
  testPython,
  type TestProject,
} from './commandLine';

// Two commits, and two releases of a package, of a project under git: for real, with its own interpreter.

const short = ['--blocks', '1', '--trial', '5s', '--warmup', '0s', '--no-capacity', '--seed', '1'];
const quiet = ['--json', '--quiet'];
let project: TestProject;

afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

const git = (...words: string[]): string => gitIn(project.folder)(...words);

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path.join(project.folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(path.join(project.folder, file), text.replace(from, to));
}

function commitAll(message: string): string {
  git('add', '.');
  git('commit', '--quiet', '-m', message);
  return git('rev-parse', 'HEAD');
}

/** Every file of the project, those of git too, but our results. */
async function fingerprint(): Promise<Record<string, string>> {
  const entries = await readdir(project.folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(project.folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('.insights-comparison'))
    .sort();
  const hashed = files.map(async (file) => {
    const text = await readFile(path.join(project.folder, file));
    return [file, createHash('sha256').update(text).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
}

/** CPU of the target per request in ms: which code it was shows from what it burns. */
function cpuOf(record: ComparisonRecord, variant: string): number {
  const trial = firstAttempts(record.trials).find((each) => each.variant === variant);
  if (!trial) throw new Error(`No trial of ${variant}`);
  return record.effects.find(({ metric, scope }) => metric === 'cpu_ms_per_request' && scope.kind === 'total')?.[
    variant === record.variants[0]?.name ? 'baselineMean' : 'candidateMean'
  ] as number;
}

const burns = (ms: number): string => `BURN_SECONDS = ${ms} / 1e3`;
const burnsNothing = 'BURN_SECONDS = float(os.environ.get("BURN_US", "0")) / 1e6';

describe('two commits', () => {
  beforeEach(async () => {
    project = await copyTinyProject();
    git('init', '--quiet', '--initial-branch', 'main');
  });

  test('run their own code under one environment, and the user’s folder stays as it is', async () => {
    const first = commitAll('one');
    await change('app.py', burnsNothing, burns(25));
    const second = commitAll('two');
    // Neither of the two: nobody may run it.
    await change('app.py', burns(25), 'raise RuntimeError("the work tree was run")');
    const before = await fingerprint();
    const command = await runCommandLine(project, [
      'run',
      '.',
      'short',
      '--base',
      'HEAD~1',
      '--head',
      'main',
      ...short,
      ...quiet,
    ]);
    expect(command, command.stderr).toMatchObject({ code: 0 });
    const record = JSON.parse(command.stdout) as ComparisonRecord;
    expect(record).toMatchObject({
      status: 'complete',
      variants: [
        { name: 'HEAD-1', envFiles: ['with.env'], code: { revision: 'HEAD~1', commit: first, packages: {} } },
        { name: 'main', envFiles: ['with.env'], code: { revision: 'main', commit: second, packages: {} } },
      ],
    });
    expect(cpuOf(record, 'main') - cpuOf(record, 'HEAD-1')).toBeGreaterThan(15);
    // Insights is on in both, and both have proven it.
    expect(firstAttempts(record.trials).map(({ verification }) => verification.ok)).toEqual([true, true]);
    expect(record.plan.repeatCommand).toContain("--base 'HEAD~1' --head main");
    // What the editor shows an effect over is the file of the user.
    expect(record.sources).toContainEqual(expect.objectContaining({ endpoint: 'home', file: 'app.py' }));
    expect(await fingerprint()).toEqual(before);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  }, 120_000);

  test('are a commit and the files as they are now when no head is named', async () => {
    const first = commitAll('one');
    await change('app.py', burnsNothing, 'from burning import BURN_SECONDS');
    await writeFile(path.join(project.folder, 'burning.py'), `${burns(25)}\n`);
    const before = await fingerprint();
    const command = await runCommandLine(project, ['run', '.', 'short', '--base', 'HEAD', ...short, ...quiet]);
    expect(command, command.stderr).toMatchObject({ code: 0 });
    const record = JSON.parse(command.stdout) as ComparisonRecord;
    expect(record.variants.map(({ name, code }) => [name, code?.commit, code?.hasChanges])).toEqual([
      ['HEAD', first, false],
      ['work_tree', first, true],
    ]);
    expect(cpuOf(record, 'work_tree') - cpuOf(record, 'HEAD')).toBeGreaterThan(15);
    expect(await fingerprint()).toEqual(before);
  }, 120_000);

  test('that load code from the user’s folder are refused: both would run the same', async () => {
    await writeFile(path.join(project.folder, 'helper.py'), 'text = "home"\n');
    const here = JSON.stringify(project.folder);
    await change('app.py', 'import atexit', `import sys\nsys.path.insert(0, ${here})\nimport helper\nimport atexit`);
    commitAll('one');
    await change('app.py', burnsNothing, burns(1));
    commitAll('two');
    const words = ['run', '.', 'short', '--base', 'HEAD~1', '--head', 'HEAD', ...short];
    const command = await runCommandLine(project, words);
    expect(command).toMatchObject({ code: 5 });
    expect(command.stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /loads code from your own folder instead of from the commit \(\S+helper\.py\)/,
    );
  }, 120_000);

  test('of which one does not start end with its own last words', async () => {
    commitAll('one');
    await change('app.py', burnsNothing, 'raise RuntimeError("broken by this commit")');
    commitAll('two');
    const words = ['run', '.', 'short', '--base', 'HEAD~1', '--head', 'HEAD', ...short];
    const command = await runCommandLine(project, words);
    expect(command).toMatchObject({ code: 3 });
    expect(command.stderr).toContain('broken by this commit');
  }, 120_000);
});

test('two commits of a project without any file of ours run in copies, each with its own schema', async () => {
  project = await copyProject('projects/flask_plain');
  git('init', '--quiet', '--initial-branch', 'main');
  commitAll('one');
  await writeFile(
    path.join(project.folder, 'app.py'),
    `${await readFile(path.join(project.folder, 'app.py'), 'utf8')}\n`,
  );
  commitAll('two');
  const before = await fingerprint();
  const words = ['run', '.', 'quick', '--base', 'HEAD~1', '--head', 'HEAD', ...short, ...quiet];
  const command = await runCommandLine(project, words);
  expect(command, command.stderr).toMatchObject({ code: 0 });
  const record = JSON.parse(command.stdout) as ComparisonRecord;
  expect(record.variants.map(({ name }) => name)).toEqual(['HEAD-1', 'HEAD']);
  expect(await fingerprint()).toEqual(before);
}, 120_000);

test('two releases of a package: installed for the run alone, and named with their versions', async () => {
  project = await copyTinyProject();
  const versionOf = (): string =>
    execFileSync(testPython(), ['-c', 'from importlib.metadata import version; print(version("honeybadger"))'], {
      encoding: 'utf8',
    }).trim();
  const installed = versionOf();
  const before = await fingerprint();
  const words = ['run', '.', 'short', '--set-requirement', 'honeybadger==1.2.0', ...short, ...quiet];
  const command = await runCommandLine(project, words);
  expect(command, command.stderr).toMatchObject({ code: 0 });
  const record = JSON.parse(command.stdout) as ComparisonRecord;
  expect(record.variants.map(({ name, code }) => [name, code?.packages])).toEqual([
    ['installed', { honeybadger: installed }],
    ['honeybadger-1.2.0', { honeybadger: '1.2.0' }],
  ]);
  expect(record.software.honeybadger).toBe('1.2.0');
  expect(versionOf()).toBe(installed);
  expect(await fingerprint()).toEqual(before);
}, 180_000);

test('a release that is not to be had ends with what pip says', async () => {
  project = await copyTinyProject();
  const words = ['run', '.', 'short', '--set-requirement', 'honeybadger==0.0.1.dev99', ...short];
  const command = await runCommandLine(project, words);
  expect(command).toMatchObject({ code: 3 });
  expect(command.stderr).toMatch(/pip could not install honeybadger==0\.0\.1\.dev99/);
  expect(command.stderr).toMatch(/No matching distribution/);
}, 120_000);
