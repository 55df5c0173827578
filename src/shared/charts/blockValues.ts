import { countedTrials } from '../effects/blockAttempts';
import type { LatencyReader } from '../effects/latencyReader';
import { trialValue } from '../effects/trialValue';
import type { Metric } from '../metrics';
import type { ComparisonRecord } from '../record';

/** What each variant showed in one block, in the order of the variants; null: nothing measured. */
export interface BlockValues {
  readonly block: number;
  readonly values: readonly (number | null)[];
}

/** A metric of the whole target in every block; of a repeated block the attempt that counts. */
export function blockValues(
  record: ComparisonRecord,
  variants: readonly { readonly name: string }[],
  metric: Metric,
  latency: LatencyReader,
): readonly BlockValues[] {
  const counted = countedTrials(record);
  const trials = metric.source === 'capacity' ? counted.capacity : counted.trials;
  const blocks = [...new Set(trials.map((trial) => trial.block))].sort((a, b) => a - b);
  return blocks.map((block) => ({
    block,
    values: variants.map(({ name }) => {
      const trial = trials.find((entry) => entry.block === block && entry.variant === name);
      return trial === undefined ? null : trialValue(metric, trial, latency);
    }),
  }));
}
