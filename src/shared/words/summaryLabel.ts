import { assertNever } from '../assertNever';
import { metricNamed } from '../metrics';
import type { Effect, Verdict } from '../record';
import { formatChange, formatDifference, formatPercent } from './formatNumber';
import { candidatesOf, headlineEffects, outageOf, totalEffect, type WordsInput } from './leadEffects';
import { shortMetricName } from './metricPhrase';
import { noiseFloorShare } from './verdictSentence';

/**
 * The verdict in the width of a tree row: `CPU +6.2 % · p95 ≈`. `≈` is no difference that matters, `?` inconclusive, `–` not
 * judged; a percentage stands only behind a claim. Several candidates are named, and of each its lead is said; outages beside a healthy one
 * are left out.
 */
export function summaryLabel(record: WordsInput): string {
  switch (record.status) {
    case 'partial':
      return 'partial, no verdict';
    case 'invalid':
      return 'invalid';
    case 'complete':
      return record.plan.purpose === 'aa' ? noiseFloorLabel(record) : comparisonLabel(record);
    default:
      return assertNever(record.status);
  }
}

/** The verdict that stands for the whole record in a list: the first headline metric's of the first candidate. */
export function summaryVerdict(record: WordsInput): Verdict | null {
  const [candidate] = candidatesOf(record);
  if (record.status !== 'complete' || candidate === undefined) return null;
  return headlineEffects(record, candidate)[0]?.verdict ?? null;
}

function comparisonLabel(record: WordsInput): string {
  const all = candidatesOf(record);
  const healthy = all.filter((candidate) => outageOf(record, candidate) === undefined);
  const candidates = healthy.length > 0 ? healthy : all;
  const labels = candidates.map((candidate) => {
    const lead = headlineEffects(record, candidate)[0];
    const effects = candidates.length > 1 ? [lead] : [lead, totalEffect(record.effects, candidate, 'latency_p95_ms')];
    const marks = effects.flatMap((effect) => (effect ? [`${shortMetricName(effect.metric)} ${mark(effect)}`] : []));
    return (candidates.length > 1 ? `${candidate}: ` : '') + (marks.length > 0 ? marks.join(' · ') : 'nothing judged');
  });
  return labels.join(' | ');
}

function noiseFloorLabel(record: WordsInput): string {
  const lead = candidatesOf(record).flatMap((candidate) => headlineEffects(record, candidate))[0];
  return lead?.ratio
    ? `A/A: ${shortMetricName(lead.metric)} ±${formatPercent(noiseFloorShare(lead))}`
    : 'A/A: nothing judged';
}

function mark(effect: Effect): string {
  switch (effect.verdict) {
    case 'increase':
    case 'decrease':
      return changeText(effect);
    case 'equivalent':
      return '≈';
    case 'inconclusive':
      return '?';
    case null:
      return '–';
    default:
      return assertNever(effect.verdict);
  }
}

function changeText({ metric, ratio, difference }: Effect): string {
  if (ratio) return formatChange(ratio.estimate);
  return difference ? formatDifference(difference.estimate, metricNamed(metric).unit) : '–';
}
