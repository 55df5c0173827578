import { describe, expect, test } from 'vitest';
import { cacheFolder } from '../scripts/setup/cacheFolder.mjs';
import { parseCommandLine } from '../scripts/setup/commandLine.mjs';
import { explainFailure } from '../scripts/setup/explainFailure.mjs';
import { pythonCandidates } from '../scripts/setup/findPython.mjs';
import { fitsLock } from '../scripts/setup/nodePackages.mjs';
import { nodeVersionProblem } from '../scripts/setup/nodeVersion.mjs';
import { missingSentence, testPrograms } from '../scripts/setup/systemPrograms.mjs';
import { isAtLeast, parseVersion } from '../scripts/setup/version.mjs';
import { closingLine, tallyOfReport } from '../scripts/test/tally.mjs';

describe('versions', () => {
  test.each([
    ['Python 3.11.7', [3, 11, 7]],
    ['v20.18.1', [20, 18, 1]],
    ['3.9', [3, 9, 0]],
    ['Python 3.14.0rc2', [3, 14, 0]],
    ['command not found', undefined],
  ])('%s is read as %j', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  test('are compared part by part as numbers', () => {
    expect(isAtLeast([3, 10, 0], [3, 9, 0])).toBe(true);
    expect(isAtLeast([3, 9, 0], [3, 9, 0])).toBe(true);
    expect(isAtLeast([3, 8, 20], [3, 9, 0])).toBe(false);
    expect(isAtLeast([4, 0, 0], [3, 9, 9])).toBe(true);
  });

  test('a Node that is too old gets a sentence with both versions', () => {
    expect(nodeVersionProblem('20.18.1')).toBeUndefined();
    expect(nodeVersionProblem('20.18.0')).toMatch(
      /^Node 20\.18\.1 or newer is needed; this is Node 20\.18\.0\. Install/,
    );
  });
});

describe('where things go', () => {
  test.each([
    [{ XDG_CACHE_HOME: '/c' }, 'linux', '/c/insights-comparison'],
    [{ XDG_CACHE_HOME: 'relative' }, 'linux', '/h/.cache/insights-comparison'],
    [{}, 'darwin', '/h/Library/Caches/insights-comparison'],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local/insights-comparison'],
    [{}, 'win32', '/h/AppData/Local/insights-comparison'],
  ] as const)('%j on %s: %s', (env, platform, expected) => {
    expect(cacheFolder({ env, platform, home: '/h' })).toBe(expected);
  });

  test('a Python that the user names has no substitute', () => {
    expect(pythonCandidates(undefined)).toEqual(['python3', 'python']);
    expect(pythonCandidates('/opt/python')).toEqual(['/opt/python']);
  });
});

describe('the command line', () => {
  test('passes on what npm appends', () => {
    expect(parseCommandLine(['demo', '--', 'job.js', 'demo', '--seed', '3'])).toEqual({
      goal: 'demo',
      job: { script: 'job.js', args: ['demo', '--seed', '3'] },
    });
    expect(parseCommandLine(['all'])).toEqual({ goal: 'all', job: undefined });
    expect(parseCommandLine(['bench'])).toEqual({ goal: 'bench', job: undefined });
  });

  test.each([[[]], [['deploy']], [['demo', 'job.js']], [['demo', '--']]])('%j is refused with the usage', (words) => {
    expect(() => parseCommandLine(words)).toThrow('Usage: node scripts/setup.mjs demo|test|bench|all');
  });
});

describe('what npm installed', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'x' },
    'node_modules/mac': { version: '1.0.0', optional: true },
  };

  test('fits the lock when only packages for other platforms are absent', () => {
    expect(fitsLock(wanted, { 'node_modules/a': { version: '1.0.0', integrity: 'x' } })).toBe(true);
  });

  test.each([
    ['another version', { 'node_modules/a': { version: '1.0.1', integrity: 'x' } }],
    ['another content', { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }],
    ['nothing', {}],
    ['no note of npm', undefined],
    [
      'more than wanted',
      { 'node_modules/a': { version: '1.0.0', integrity: 'x' }, 'node_modules/b': { version: '1.0.0' } },
    ],
  ])('does not fit with %s', (_, installed) => {
    expect(fitsLock(wanted, installed)).toBe(false);
  });
});

describe('failures', () => {
  test.each([
    ['npm error code ENOTFOUND', 'could not be reached'],
    ['npm error code ENOSPC', 'disk is full'],
    ["Failed to establish a new connection: [Errno 111] Connection refused'", 'could not be reached'],
    ['OSError: [Errno 28] No space left on device', 'disk is full'],
    ['npm error EACCES: permission denied', 'may not be written to'],
    ['ERROR: No matching distribution found for django==5.2 (from versions: 4.1)', 'no version for this Python'],
    ['something new', 'its last lines say why'],
  ])('%s: %s', (output, sentence) => {
    expect(explainFailure(output)).toContain(sentence);
  });

  test('a missing program comes with the command that installs it', () => {
    const [chromium] = testPrograms;
    const debian = { isDebian: true, canInstall: false, install: () => Promise.reject(new Error('not called')) };
    expect(chromium && missingSentence(chromium, debian)).toContain('run: sudo apt-get install chromium');
    expect(chromium && missingSentence(chromium, { ...debian, isDebian: false })).toContain(
      'INSIGHTS_COMPARISON_CHROMIUM',
    );
  });
});

describe('the total of the tests', () => {
  const file = (status: string, ...tests: readonly string[]) => ({
    status,
    assertionResults: tests.map((each) => ({ status: each })),
  });

  test('counts tests by their outcome', () => {
    const report = { testResults: [file('passed', 'passed', 'skipped', 'todo'), file('failed', 'failed', 'passed')] };
    expect(tallyOfReport(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  test('a file that broke before its tests is a failure', () => {
    expect(tallyOfReport({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  test('so is a run without a report, and one that failed with every test green', () => {
    expect(tallyOfReport(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(tallyOfReport({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(tallyOfReport({ testResults: [file('passed', 'passed')] }, null)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  test('has the form that machines read', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});
