import { withWordInterval } from '../../shared/effects/frontInterval';
import { metricNamed } from '../../shared/metrics';
import type { ComparisonRecord, Effect } from '../../shared/record';
import { isSmallerThanMatters, verdictWord } from '../../shared/words/effectWords';
import {
  formatChange,
  formatChangeBound,
  formatDifference,
  formatDifferenceBound,
  formatPercent,
  formatQuantity,
} from '../../shared/words/formatNumber';
import { totalEffect } from '../../shared/words/leadEffects';
import { escapeMarkdown } from './escapeMarkdown';

/**
 * Several candidates in one Markdown table: a row per metric, a column per candidate, so that any number of them is read side by
 * side. A cell holds the change with the interval that its word comes from, and the word; the level stands in the head, and in the cell where
 * it is another.
 */
export function candidatesTable(
  record: ComparisonRecord,
  candidates: readonly string[],
  metrics: readonly string[],
): string[] {
  const baseline = record.variants[0]?.name ?? 'baseline';
  const rows = metrics.flatMap((metric) => {
    const effects = candidates.map((candidate) => totalEffect(record.effects, candidate, metric));
    const measured = effects.find((effect) => effect !== undefined);
    return measured === undefined ? [] : [row(measured, effects)];
  });
  if (rows.length === 0) return [];
  const head = [baseline, ...candidates].map(escapeMarkdown);
  return [
    '',
    `| | ${head.join(' | ')} |`,
    `| --- | ---: |${' --- |'.repeat(candidates.length)}`,
    ...rows.map((cells) => `| ${cells.map(escapeMarkdown).join(' | ')} |`),
  ];
}

function row(measured: Effect, effects: readonly (Effect | undefined)[]): string[] {
  const { label, unit } = metricNamed(measured.metric);
  const level = (measured.ratio ?? measured.difference)?.level;
  return [
    level === undefined ? label : `${label} (${formatPercent(level)} CI)`,
    formatQuantity(measured.baselineMean, unit),
    ...effects.map((effect) => (effect === undefined ? '–' : cell(effect, level))),
  ];
}

/** `+0.31 ms, +6.2 % (+4.9 to +7.5): costlier`; `+0.1 % (90 % CI −0.4 to +0.8): within ±2 %`. */
function cell(effect: Effect, levelOfRow: number | undefined): string {
  const { unit } = metricNamed(effect.metric);
  const { difference, ratio } = withWordInterval(effect);
  if (difference === null) return `${formatQuantity(effect.candidateMean, unit)}: ${verdictWord(effect)}`;
  const level = difference.level === levelOfRow ? '' : `${formatPercent(difference.level)} CI `;
  const size = ratio
    ? `${formatDifference(difference.estimate, unit)}, ${formatChange(ratio.estimate)} (${level}${formatChangeBound(ratio.low)} to ${formatChangeBound(ratio.high)})`
    : `${formatDifference(difference.estimate, unit)} (${level}${formatDifferenceBound(difference.low, unit)} to ${formatDifferenceBound(difference.high, unit)})`;
  return `${size}: ${verdictWord(effect)}${isSmallerThanMatters(effect) ? ', but less than matters' : ''}`;
}
