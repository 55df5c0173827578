import type { LatencyReader } from '../../src/shared/effects/latencyReader';
import { trialValue } from '../../src/shared/effects/trialValue';
import type { Metric } from '../../src/shared/metrics';
import type { ComparisonRecord } from '../../src/shared/record';
import type { VariantView } from './comparisonView';

/** What each variant showed in one block, in the order of the variants; null: nothing measured. */
export interface BlockValues {
  readonly block: number;
  readonly values: readonly (number | null)[];
}

/** A metric of the whole target in every block. A repeated block shows its last undisturbed attempt. */
export function blockValues(
  record: ComparisonRecord,
  variants: readonly VariantView[],
  metric: Metric,
  latency: LatencyReader,
): readonly BlockValues[] {
  const trials = metric.source === 'capacity' ? record.capacity : record.trials;
  const blocks = [...new Set(trials.map((trial) => trial.block))].sort((a, b) => a - b);
  return blocks.map((block) => ({
    block,
    values: variants.map(({ name }) => {
      const attempts = trials.filter((trial) => trial.block === block && trial.variant === name);
      const trial = attempts.find((attempt) => !('disturbed' in attempt && attempt.disturbed)) ?? attempts.at(-1);
      return trial === undefined ? null : trialValue(metric, trial, latency);
    }),
  }));
}
