import { mean } from '../../src/shared/statistics/mean';
import type { ComparisonRecord } from '../../src/shared/record';

/** Wall time of a block's trials of each kind, from their start times: the next trial's start is this one's end. */
export function wallOf({ trials, capacity }: ComparisonRecord): {
  readonly scenario: number;
  readonly capacity: number;
} {
  const all = [
    ...trials.map((trial) => ({ ...trial, kind: 'scenario' })),
    ...capacity.map((trial) => ({ ...trial, kind: 'capacity' })),
  ].sort((one, other) => one.position - other.position);
  const spans: Record<string, number[]> = { scenario: [], capacity: [] };
  all.forEach((trial, index) => {
    const next = all[index + 1];
    if (next) spans[trial.kind]?.push((Date.parse(next.startedAt) - Date.parse(trial.startedAt)) / 1000);
  });
  const perBlock = (values: readonly number[] = []): number => (values.length === 0 ? Number.NaN : 2 * mean(values));
  return { scenario: perBlock(spans['scenario']), capacity: perBlock(spans['capacity']) };
}
