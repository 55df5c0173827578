import { metricNamed } from '../../shared/metrics';
import type { ComparisonRecord } from '../../shared/record';
import { formatSpan } from '../../shared/words/formatNumber';
import {
  falseClaimsText,
  resolutionAssumption,
  resolutionMetrics,
  resolutionRows,
  runsText,
} from '../../shared/words/noiseWords';
import { escapeMarkdown } from './escapeMarkdown';

/** What the machine can resolve in the time of each scenario, as a Markdown table; empty but in an A/A record. */
export function resolutionTable(record: ComparisonRecord): string[] {
  const { noise, plan } = record;
  if (!noise || plan.purpose !== 'aa') return [];
  const labels = resolutionMetrics(record).map((metric) => metricNamed(metric).label);
  const rows = resolutionRows(record).map(({ scenario, blocks, trialSeconds, seconds, cells }) => [
    scenario,
    `${blocks} × ${trialSeconds} s`,
    `about ${formatSpan(seconds)}`,
    ...cells,
  ]);
  const head = ['This machine can resolve', 'blocks', 'run of two variants', ...labels];
  return [
    '',
    `| ${head.map(escapeMarkdown).join(' | ')} |`,
    `| --- | --- | ---: |${' ---: |'.repeat(labels.length)}`,
    ...rows.map((cells) => `| ${cells.map(escapeMarkdown).join(' | ')} |`),
    '',
    `${escapeMarkdown(resolutionAssumption(noise))}. From ${escapeMarkdown(runsText(noise))}; false claims: ${escapeMarkdown(falseClaimsText(noise))}.`,
  ];
}
