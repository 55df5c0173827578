import { endpointContributions, type EndpointContribution } from '../../shared/endpointContributions';
import { withWordInterval } from '../../shared/effects/frontInterval';
import { isHealthy } from '../../shared/outage';
import type { ComparisonRecord } from '../../shared/record';
import { effectWords } from '../../shared/words/effectWords';
import { formatCount, formatDifference, formatNumber, formatPercent } from '../../shared/words/formatNumber';
import { utcMinute } from '../../shared/utcMinute';

/** What stands over the code of one endpoint. */
export interface EndpointLens {
  readonly endpoint: string;
  /** Below the folder that was run, with slashes. */
  readonly file: string;
  /** Where the code stood when it was measured, from 1, and what it is called. */
  readonly line: number;
  readonly name: string;
  readonly title: string;
  readonly tooltip: string;
}

/** A lens for each endpoint whose code is known and that both variants have answered; none of a record that is not a whole comparison. */
export function endpointLenses(record: ComparisonRecord): readonly EndpointLens[] {
  if (record.status !== 'complete' || record.plan.purpose !== 'comparison') return [];
  const [baseline, ...candidates] = record.variants.filter(isHealthy).map(({ name }) => name);
  // The last rung: of a ladder of variants the one with everything on.
  const candidate = candidates.at(-1);
  if (baseline === undefined || candidate === undefined) return [];
  const rows = endpointContributions(record, baseline, candidate);
  return (record.sources ?? []).flatMap((source) => {
    const row = rows.find(({ name }) => name === source.endpoint);
    if (row?.baseline.meanMs == null || row.candidate.meanMs === null) return [];
    const { endpoint, file, line, name } = source;
    const tooltip = tooltipOf(record, row, { baseline, candidate });
    return [{ endpoint, file, line, name, title: titleOf(row, candidate), tooltip }];
  });
}

/** `with_insights: mean 2.5 → 5.3 ms (+2.8, 95 % CI +2.6 to +3.0) · p95 3.1 → 6.4 ms · 1,204 requests` */
function titleOf({ baseline, candidate, effect }: EndpointContribution, name: string): string {
  const pair = (before: number | null, after: number | null): string =>
    `${before === null ? '–' : formatNumber(before)} → ${after === null ? '–' : formatNumber(after)} ms`;
  const difference = effect && withWordInterval(effect).difference;
  const plain = (value: number): string => formatDifference(value, 'ms').replace(' ms', '');
  const interval =
    difference === null
      ? ''
      : ` (${plain(difference.estimate)}, ${formatPercent(difference.level)} CI ${plain(difference.low)} to ${plain(difference.high)})`;
  const requests = `${formatCount(baseline.requests + candidate.requests)} requests`;
  const p95 = pair(baseline.p95Ms, candidate.p95Ms);
  return `${name}: mean ${pair(baseline.meanMs, candidate.meanMs)}${interval} · p95 ${p95} · ${requests}`;
}

function tooltipOf(
  { plan, createdAt, sentence }: ComparisonRecord,
  { name, effect }: EndpointContribution,
  variants: { readonly baseline: string; readonly candidate: string },
): string {
  const words = effect === null ? 'no interval' : effectWords(effect);
  return [
    `${name}, ${variants.candidate} against ${variants.baseline}: ${words} (exploratory)`,
    `${plan.target} · ${plan.scenario.name} · ${utcMinute(createdAt)} UTC`,
    sentence,
  ].join('\n');
}
