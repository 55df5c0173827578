import type { TrialKind } from './events';
import type { CapacityTrial, ComparisonRecord, Trial } from './record';

/** A trial of either load, and of which. */
export type AnyTrial = (Trial | CapacityTrial) & { readonly kind: TrialKind };

/** Every trial of a record, of both loads and every attempt, in the order in which they ran. */
export function allTrials({ trials, capacity }: Pick<ComparisonRecord, 'trials' | 'capacity'>): readonly AnyTrial[] {
  return [
    ...trials.map((trial) => ({ ...trial, kind: 'scenario' as const })),
    ...capacity.map((trial) => ({ ...trial, kind: 'capacity' as const })),
  ].sort((a, b) => a.position - b.position);
}
