import { isMetricName, metricNamed } from '../../shared/metrics';
import type { ComparisonRecord } from '../../shared/record';
import { formatPercent } from '../../shared/words/formatNumber';
import { candidatesOf } from '../../shared/words/leadEffects';
import { stepLevel, stepSize, stepsOf } from '../../shared/words/stepWords';
import { escapeMarkdown } from './escapeMarkdown';

/** Each variant against the one named before it, as a Markdown table: a row per headline metric. Empty without steps. */
export function stepsTable(record: ComparisonRecord): string[] {
  const names = candidatesOf(record);
  const rows = record.headline.filter(isMetricName).flatMap((metric) => {
    const steps = stepsOf(record, metric);
    if (steps.length === 0) return [];
    const sizes = names.map((name) => {
      const step = steps.find(({ candidate }) => candidate === name);
      return (step && stepSize(step)) ?? '–';
    });
    return [[metricNamed(metric).label, ...sizes]];
  });
  if (rows.length === 0) return [];
  const head = [`Step by step (exploratory, ${formatPercent(stepLevel)} CI)`, ...names];
  return [
    '',
    `| ${head.map(escapeMarkdown).join(' | ')} |`,
    `| --- |${' ---: |'.repeat(names.length)}`,
    ...rows.map((cells) => `| ${cells.map(escapeMarkdown).join(' | ')} |`),
  ];
}
