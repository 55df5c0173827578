import { schemaVersion, type ComparisonRecord } from '../../shared/record';
import type { TrialSeries } from '../../shared/series';

/**
 * `monitoring.json`: every second of every trial in one file, in the order they ran, each as it stands in its
 * `trials/*.ndjson` (bytes, cores, ms; `atSeconds` since the load started).
 */
export function monitoringJson(record: ComparisonRecord, series: readonly TrialSeries[]): string {
  const startedAt = new Map([...record.trials, ...record.capacity].map((trial) => [trial.position, trial.startedAt]));
  const trials = [...series]
    .sort((a, b) => a.position - b.position)
    .map(({ seconds, ...head }) => ({ ...head, startedAt: startedAt.get(head.position) ?? null, seconds }));
  const whole = {
    schemaVersion,
    id: record.id,
    target: record.plan.target,
    scenario: record.plan.scenario.name,
    trials,
  };
  return `${JSON.stringify(whole)}\n`;
}
