import { instrumentedEventTypes } from '../../src/shared/effects/instrumentedEventTypes';
import type { ComparisonRecord } from '../../src/shared/record';

/** What the collector received of one variant, all scenario trials together. */
export interface EventTotals {
  readonly variant: string;
  /** Sent in the whole trials, warm-up included: what events are divided by. */
  readonly requestsSent: number;
  readonly types: readonly { readonly type: string; readonly isInstrumented: boolean; readonly count: number }[];
  readonly instrumented: number;
  readonly bytes: number;
  readonly batches: number;
  readonly largestBatchBytes: number;
  readonly notices: number;
  readonly noticeBytes: number;
  readonly missing: number;
  readonly dropped: number;
  readonly duplicates: number;
  /** Came after their trial had been judged. */
  readonly late: number;
}

export function eventTotals(record: ComparisonRecord, variant: string): EventTotals {
  const trials = record.trials.filter((trial) => trial.variant === variant);
  const counts = new Map<string, number>();
  for (const { verification } of trials) {
    for (const [type, count] of Object.entries(verification.eventsByType))
      counts.set(type, (counts.get(type) ?? 0) + count);
  }
  const types = [...counts].map(([type, count]) => ({ type, isInstrumented: instrumentedEventTypes.has(type), count }));
  const sum = (read: (trial: (typeof trials)[number]) => number): number =>
    trials.reduce((total, trial) => total + read(trial), 0);
  return {
    variant,
    requestsSent: sum((trial) => trial.requestsSent),
    types: types.sort((a, b) => b.count - a.count),
    instrumented: types.filter((entry) => entry.isInstrumented).reduce((total, entry) => total + entry.count, 0),
    bytes: sum((trial) => trial.verification.bytes),
    batches: sum((trial) => trial.verification.batches),
    largestBatchBytes: Math.max(0, ...trials.map((trial) => trial.verification.largestBatchBytes)),
    notices: sum((trial) => trial.verification.notices),
    noticeBytes: sum((trial) => trial.verification.noticeBytes),
    missing: sum((trial) => trial.verification.missing),
    dropped: sum((trial) => trial.verification.dropped),
    duplicates: sum((trial) => trial.verification.duplicates),
    late: sum((trial) => trial.verification.late ?? 0),
  };
}

/** Requests per second under the scenario, mean over its trials: where the rate that a reader can type begins. */
export function meanRate(record: ComparisonRecord): number {
  const seconds = record.trials.reduce((sum, trial) => sum + trial.durationSeconds, 0);
  const requests = record.trials.reduce((sum, trial) => sum + trial.requests, 0);
  return seconds === 0 ? 1 : requests / seconds;
}
