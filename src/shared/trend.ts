import type { RecordComparison } from './comparing/compareRecords';
import { isMetricName } from './metrics';
import type { HeadlineEffect } from './record';

/** A complete comparison among others of the same target and scenario. */
export interface TrendRun {
  readonly id: string;
  readonly createdAt: string;
  /** The user's name for it. */
  readonly name: string | null;
  readonly isPinned: boolean;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly headline: readonly HeadlineEffect[];
}

/** What lies before and beside a record. */
export interface RecordHistory {
  /** The oldest first; the record itself is among them. */
  readonly runs: readonly TrendRun[];
  /** Null: there is no pinned or earlier run to compare with. */
  readonly comparedWith: ComparedWith | null;
}

export interface ComparedWith {
  readonly id: string;
  readonly createdAt: string;
  readonly name: string | null;
  /** Why this one: it is the pinned baseline, or the run before. */
  readonly because: 'pinned' | 'before';
  readonly comparison: RecordComparison;
}

/** One headline metric of one candidate over the runs. */
export interface Trend {
  readonly metric: string;
  readonly candidate: string;
  readonly points: readonly TrendPoint[];
}

export interface TrendPoint {
  readonly run: TrendRun;
  readonly effect: HeadlineEffect;
}

/** A trend per headline metric and candidate that two runs or more have an interval of, in the order of the newest run that has them. */
export function trendsOf(runs: readonly TrendRun[]): readonly Trend[] {
  const trends = new Map<string, { metric: string; candidate: string; points: TrendPoint[] }>();
  for (const run of [...runs].reverse()) {
    for (const effect of run.headline) {
      if (!isMetricName(effect.metric) || effect.change === null) continue;
      const key = JSON.stringify([effect.candidate, effect.metric]);
      const trend = trends.get(key) ?? { metric: effect.metric, candidate: effect.candidate, points: [] };
      trend.points.unshift({ run, effect });
      trends.set(key, trend);
    }
  }
  return [...trends.values()].filter(({ points }) => points.length > 1);
}

/** The run that another one is compared with: the newest pinned one, else the one before it. Null: neither is there. */
export function referenceRun<Run extends Pick<TrendRun, 'id' | 'createdAt' | 'isPinned'>>(
  runs: readonly Run[],
  shown: { readonly id: string; readonly createdAt: string },
): { readonly run: Run; readonly because: ComparedWith['because'] } | null {
  const others = runs.filter(({ id }) => id !== shown.id).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  const pinned = others.filter(({ isPinned }) => isPinned).at(-1);
  if (pinned) return { run: pinned, because: 'pinned' };
  const before = others.filter(({ createdAt }) => createdAt < shown.createdAt).at(-1);
  return before ? { run: before, because: 'before' } : null;
}
