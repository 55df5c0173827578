import type { ComparisonRecord, Effect } from '../record';
import { isMetricName } from '../metrics';
import { candidatesOf, totalEffect } from '../words/leadEffects';
import { compareEffects, type EffectChange } from './compareEffects';
import { unlikeRuns, weaknessOf, type Unlike } from './unlike';

/** One metric's effect in two runs. */
export interface MetricChange {
  readonly metric: string;
  readonly candidate: string;
  readonly first: Effect;
  readonly second: Effect;
  /** Null where an interval is missing. */
  readonly change: EffectChange | null;
  /**
   * `changed`: the interval of the change leaves out "none"; `meaningless`: whatever it says, the runs did not measure the same thing.
   */
  readonly outcome: 'changed' | 'alike' | 'meaningless';
}

/** Two runs side by side: what their effects are, how they differ, and how weak that is. */
export interface RecordComparison {
  readonly changes: readonly MetricChange[];
  readonly unlike: readonly Unlike[];
  readonly weakness: string;
}

/** The headline effects of candidates that both records have; where each has one of another name, those two. Exploratory. */
export function compareRecords(first: ComparisonRecord, second: ComparisonRecord): RecordComparison {
  const unlike = unlikeRuns(first, second);
  const isSameWork = unlike.every(({ kind }) => kind !== 'work');
  const metrics = [...new Set([...first.headline, ...second.headline])].filter(isMetricName);
  const changes = candidatePairs(first, second).flatMap(([one, other]) =>
    metrics.flatMap((metric): MetricChange[] => {
      const [before, after] = [totalEffect(first.effects, one, metric), totalEffect(second.effects, other, metric)];
      if (!before || !after) return [];
      const change = compareEffects(before, after);
      return [
        {
          metric,
          candidate: other,
          first: before,
          second: after,
          change,
          outcome: isSameWork ? (leavesOutNone(change) ? 'changed' : 'alike') : 'meaningless',
        },
      ];
    }),
  );
  return { changes, unlike, weakness: weaknessOf(first, second, unlike) };
}

function candidatePairs(first: ComparisonRecord, second: ComparisonRecord): readonly (readonly [string, string])[] {
  const [ones, others] = [candidatesOf(first), candidatesOf(second)];
  const shared = ones.filter((name) => others.includes(name));
  if (shared.length > 0) return shared.map((name) => [name, name]);
  const [one] = ones;
  const [other] = others;
  return one !== undefined && other !== undefined && ones.length === 1 && others.length === 1 ? [[one, other]] : [];
}

function leavesOutNone(change: EffectChange | null): boolean {
  if (change === null) return false;
  const none = change.scale === 'ratio' ? 1 : 0;
  return change.low > none || change.high < none;
}
