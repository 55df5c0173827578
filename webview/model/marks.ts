import type { TrialSeries } from '../../src/shared/series';
import type { VariantView } from './comparisonView';

/** What happened in the scenario trials of one variant, in seconds since the load of each began. */
export interface VariantMarks {
  readonly variant: VariantView;
  readonly trials: number;
  /** Batches of events that arrived, of all trials; null: not known of this record. */
  readonly flushes: readonly number[] | null;
  /** Seconds in which a request failed, of all trials. */
  readonly errorSeconds: readonly number[];
  readonly failures: number;
}

export function variantMarks(series: readonly TrialSeries[], variant: VariantView): VariantMarks {
  const trials = series.filter((trial) => trial.kind === 'scenario' && trial.variant === variant.name);
  const isKnown = trials.some(({ flushes }) => flushes !== undefined);
  const failed = trials.flatMap(({ seconds }) => seconds.filter(({ failures }) => failures > 0));
  return {
    variant,
    trials: trials.length,
    flushes: isKnown ? trials.flatMap(({ flushes = [] }) => flushes) : null,
    errorSeconds: failed.map(({ atSeconds }) => atSeconds),
    failures: failed.reduce((sum, { failures }) => sum + failures, 0),
  };
}
