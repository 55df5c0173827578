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
    expect(groupRuns(short)).toEqual({ newest: short, older: [] });
  });

  test('keeps every run once and in order: the newest by themselves, older ones by month', () => {
    const long = runs(400);
    const { newest, older } = groupRuns(long);
    expect(newest).toHaveLength(newestShown);
    expect([...newest, ...older.flatMap((group) => group.runs)]).toEqual(long);
    const months = older.map(({ month }) => month);
    expect(months).toEqual([...new Set(months)].sort().reverse());
    expect(months.slice(0, 2)).toEqual(['2026-08', '2026-07']);
  });

  test('names its months', () => {
    expect(monthName('2026-08')).toBe('August 2026');
    expect(monthName('odd')).toBe('odd');
  });
});
