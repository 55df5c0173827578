import { html, nothing, type TemplateResult } from 'lit';
import { withInterval95 } from '../../src/shared/effects/frontInterval';
import { metricNamed } from '../../src/shared/metrics';
import type { Effect } from '../../src/shared/record';
import { type ChangeScale, commonChangeScale, relativeChange } from '../../src/shared/relativeChange';
import { formatChange, formatDifference, formatPercent } from '../../src/shared/words/formatNumber';
import { stepLevel, stepsOf } from '../../src/shared/words/stepWords';
import type { ComparisonView } from '../model/comparisonView';
import { bareValue, differenceInterval, ratioInterval, unitName, unitOf } from '../model/effectText';
import { formatPercentChange } from '../model/intervalScale';
import { effectTone } from '../model/tone';
import { dataTable } from './dataTable';
import { intervalBar } from './intervalBar';

/** Each variant against the one named before it, a group of rows per metric; nothing where there are no steps. */
export function stepsTable({ record }: ComparisonView): TemplateResult | typeof nothing {
  const metrics = [...new Set([...record.headline, ...(record.steps ?? []).map(({ metric }) => metric)])];
  const groups = metrics
    .map((metric) => ({ metric, rows: stepsOf(record, metric).map(withInterval95) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ metric, rows }) => ({ title: groupTitle(metric), rows }));
  if (groups.length === 0) return nothing;
  const scale = commonChangeScale(groups.flatMap(({ rows }) => rows));
  return dataTable<Effect>({
    label: 'Step by step',
    caption: html`<b>Step by step</b>: each variant against the one named before it, ${formatPercent(stepLevel)}
      intervals. Exploratory: further looks at the same trials, judged apart from the headline metrics`,
    stacks: true,
    columns: [
      { label: 'Step', cell: ({ baseline, candidate }) => html`${baseline} → <b>${candidate}</b>` },
      { label: 'Before', align: 'end', cell: (step) => bareValue(step.baselineMean, unitOf(step)) },
      { label: 'After', align: 'end', cell: (step) => bareValue(step.candidateMean, unitOf(step)) },
      { label: 'Difference', align: 'end', cell: differenceCell },
      { label: 'Relative', align: 'end', cell: relativeCell },
      { label: 'Interval', className: 'interval-cell', cell: (step) => barCell(step, scale) },
    ],
    groups,
  });
}

function groupTitle(metric: string): string {
  const { label, unit } = metricNamed(metric);
  const name = unitName(unit);
  return name === '' ? label : `${label}, ${name}`;
}

function differenceCell(step: Effect): unknown {
  if (step.difference === null) return html`<span class="absent muted">–</span>`;
  return html`${formatDifference(step.difference.estimate, unitOf(step))}<span class="second"
      >${differenceInterval(step)}</span
    >`;
}

function relativeCell(step: Effect): unknown {
  if (step.ratio === null) return html`<span class="absent muted">–</span>`;
  return html`${formatChange(step.ratio.estimate)}<span class="second">${ratioInterval(step)}</span>`;
}

function barCell(step: Effect, scale: ChangeScale): unknown {
  const change = relativeChange(step);
  if (change === null) return html`<span class="absent"></span>`;
  const interval = `${formatPercentChange(change.low)} to ${formatPercentChange(change.high)}`;
  return intervalBar({
    change,
    scale,
    tone: effectTone(step),
    label: `${formatPercent(stepLevel)} interval ${interval}`,
  });
}
