import { describe, expect, test } from 'vitest';
import type { ListedRun } from '../../core/history/readPastRun';
import { groupRuns, monthName, newestShown } from './runGroups';
import { testSummary } from '../../../test/fixtures/testSummary';

/** One run a day, newest first. */
const runs = (count: number): ListedRun[] =>
  Array.from({ length: count }, (_, day) => {
    const createdAt = new Date(Date.UTC(2026, 10, 22) - day * 86_400_000).toISOString();
    return { folder: `/r/runs/${day}`, summary: testSummary({ createdAt }) };
  });

describe('a long list of runs', () => {
  test('is not cut while it is short', () => {
    const short = runs(2 * newestShown);
    expect(groupRuns(short, 'date')).toEqual({ single: short, groups: [] });
  });

  test('keeps every run once and in order: the newest by themselves, older ones by month', () => {
    const long = runs(400);
    const { single, groups } = groupRuns(long, 'date');
    expect(single).toHaveLength(newestShown);
    expect([...single, ...groups.flatMap((group) => group.runs)]).toEqual(long);
    expect(groups.slice(0, 2).map(({ label }) => label)).toEqual(['August 2026', 'July 2026']);
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
  });

  test('names its months', () => {
    expect(monthName('2026-08')).toBe('August 2026');
    expect(monthName('odd')).toBe('odd');
  });
});

describe('runs put together', () => {
  const run = (id: string, change: Parameters<typeof testSummary>[0]): ListedRun => ({
    folder: `/r/runs/${id}`,
    summary: testSummary({ id, ...change }),
  });
  const some = [
    run('d', { target: 'django', branch: 'main' }),
    run('c', { target: 'flask', branch: 'topic' }),
    run('b', { target: 'django', branch: null }),
    run('a', { target: 'django', scenario: 'heavy_load', branch: 'main' }),
  ];
  const shape = (by: 'scenario' | 'branch'): [string, string[]][] =>
    groupRuns(some, by).groups.map(({ label, runs: of }) => [label, of.map(({ summary }) => summary.id)]);

  test('by target and scenario stand where the newest of each does', () => {
    expect(shape('scenario').map(([, ids]) => ids)).toEqual([['d', 'b'], ['c'], ['a']]);
    expect(groupRuns(some, 'scenario').single).toEqual([]);
  });

  test('by branch have a place for those without one', () => {
    expect(shape('branch')).toEqual([
      ['main', ['d', 'a']],
      ['topic', ['c']],
      ['no branch', ['b']],
    ]);
  });
});
