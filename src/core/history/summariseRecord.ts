import type { ComparisonRecord, RecordSummary, HeadlineEffect } from '../../shared/record';
import { relativeChange } from '../../shared/relativeChange';
import { verdictTone } from '../../shared/words/effectWords';
import { candidatesOf, headlineEffects } from '../../shared/words/leadEffects';
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

/** The headline effects of every candidate as a trend shows them. */
export function summariseHeadline(record: ComparisonRecord): HeadlineEffect[] {
  return candidatesOf(record).flatMap((candidate) =>
    headlineEffects(record, candidate).map((effect): HeadlineEffect => {
      const change = relativeChange(effect);
      return {
        metric: effect.metric,
        candidate,
        change: change && { estimate: rounded(change.estimate), low: rounded(change.low), high: rounded(change.high) },
        verdict: effect.verdict,
      };
    }),
  );
}

/** As many digits as a chart can show. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
