import { describe, expect, test } from 'vitest';
import { referenceRun, trendsOf, type TrendRun } from './trend';

function run(id: number, change: Partial<TrendRun> = {}): TrendRun {
  return {
    id: `run-${id}`,
    createdAt: `2026-11-${String(id).padStart(2, '0')}T10:00:00.000Z`,
    name: null,
    isPinned: false,
    branch: null,
    commit: null,
    headline: [effect('cpu_ms_per_request', id), effect('capacity_rps', -id)],
    ...change,
  };
}

function effect(metric: string, estimate: number, candidate = 'with_insights'): TrendRun['headline'][number] {
  return { metric, candidate, change: { estimate, low: estimate - 1, high: estimate + 1 }, verdict: 'increase' };
}

describe('trends', () => {
  test('are one per metric and candidate, the oldest run first', () => {
    const trends = trendsOf([run(1), run(2), run(3)]);
    expect(
      trends.map(({ metric, points }) => [metric, ...points.map((point) => point.effect.change?.estimate)]),
    ).toEqual([
      ['cpu_ms_per_request', 1, 2, 3],
      ['capacity_rps', -1, -2, -3],
    ]);
  });

  test('pass over runs without an interval, metrics that are unknown, and what only one run has', () => {
    const bare = run(2, { headline: [{ ...effect('cpu_ms_per_request', 2), change: null }] });
    const other = run(3, { headline: [effect('cpu_ms_per_request', 3, 'collect_only'), effect('gone_metric', 1)] });
    expect(trendsOf([run(1), bare, other])).toEqual([]);
    expect(trendsOf([run(1), bare, other, run(4)]).map(({ metric }) => metric)).toEqual([
      'cpu_ms_per_request',
      'capacity_rps',
    ]);
    expect(trendsOf([])).toEqual([]);
  });
});

describe('the run to compare with', () => {
  test('is the newest pinned one, whatever its age', () => {
    const runs = [run(1, { isPinned: true }), run(2, { isPinned: true }), run(3), run(4)];
    expect(referenceRun(runs, run(4))).toMatchObject({ run: { id: 'run-2' }, because: 'pinned' });
    expect(referenceRun(runs, run(2))).toMatchObject({ run: { id: 'run-1' }, because: 'pinned' });
  });

  test('else the one before; none for the first', () => {
    const runs = [run(1), run(2), run(3)];
    expect(referenceRun(runs, run(3))).toMatchObject({ run: { id: 'run-2' }, because: 'before' });
    expect(referenceRun(runs, run(1))).toBeNull();
    expect(referenceRun([], run(1))).toBeNull();
  });
});
