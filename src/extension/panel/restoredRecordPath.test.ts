import { describe, expect, test } from 'vitest';
import { restoredRecordPath } from './restoredRecordPath';

const options = { resultsFolders: ['/home/someone/shop/.insights-comparison', '/results'], interrupted: null };

describe('the record that a page kept over a reload', () => {
  test.each([
    '/home/someone/shop/.insights-comparison/runs/1/comparison.insights.json',
    '/results/runs/2/x.insights.json',
  ])('%s is shown again', (recordPath) => {
    expect(restoredRecordPath({ recordPath }, options)).toBe(recordPath);
  });

  test.each([
    { recordPath: '/etc/passwd' },
    { recordPath: '/etc/evil.insights.json' },
    { recordPath: '/results/../etc/evil.insights.json' },
    { recordPath: '/results/runs/1/report.html' },
    { recordPath: 'runs/1/comparison.insights.json' },
    { recordPath: '/results-of-others/x.insights.json' },
    { recordPath: 7 },
    { recordPath: null },
    {},
    null,
    'text',
  ])('%j is not', (state) => {
    expect(restoredRecordPath(state, options)).toBeNull();
  });

  test('a live view gives way to the record of the interrupted run, a kept record does not', () => {
    const interrupted = '/results/runs/9/comparison.insights.json';
    expect(restoredRecordPath({ recordPath: null }, { ...options, interrupted })).toBe(interrupted);
    expect(restoredRecordPath(undefined, { ...options, interrupted })).toBe(interrupted);
    const recordPath = '/results/runs/2/comparison.insights.json';
    expect(restoredRecordPath({ recordPath }, { ...options, interrupted })).toBe(recordPath);
    expect(restoredRecordPath({ recordPath: '/etc/x.insights.json' }, { ...options, interrupted })).toBeNull();
  });
});
