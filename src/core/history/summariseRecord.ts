import type { ComparisonRecord, RecordSummary } from '../../shared/record';
import { verdictTone } from '../../shared/words/effectWords';
import { summaryLabel } from '../../shared/words/summaryLabel';

/** What a list shows of a record. */
export function summariseRecord(record: ComparisonRecord): RecordSummary {
  const lead = record.effects.find(({ metric, scope }) => metric === record.headline[0] && scope.kind === 'total');
  return {
    schemaVersion: record.schemaVersion,
    id: record.id,
    createdAt: record.createdAt,
    status: record.status,
    target: record.plan.target,
    scenario: record.plan.scenario.name,
    purpose: record.plan.purpose,
    label: summaryLabel(record),
    verdict: record.status === 'complete' ? (lead?.verdict ?? null) : null,
    ...(record.status === 'complete' && lead ? { tone: verdictTone(lead) } : {}),
    branch: record.software.gitBranch ?? null,
    commit: record.software.gitCommit,
  };
}
