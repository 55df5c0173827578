import { html, type TemplateResult } from 'lit';
import { bytesPerMegabyte } from '../../src/shared/effects/trialValue';
import { formatNumber, formatQuantity } from '../../src/shared/words/formatNumber';
import type { ComparisonView } from '../model/comparisonView';
import { unitSuffix } from '../model/effectText';
import { type TimeMeasure, type VariantTimeline, variantTimeline, windowStartSeconds } from '../model/timeSeries';
import type { ChartPlan } from './chartCanvas';
import { dataTable } from './dataTable';
import type { Line } from './line';
import { lineChart } from './lineChart';
import { emptyNote, type Part } from './part';
import { variantLegend } from './variantLegend';

const measures: readonly TimeMeasure[] = [
  { label: 'Throughput', unit: '1/s', value: (second) => second.requests },
  { label: 'Latency p50', unit: 'ms', value: (second) => second.latencyP50Ms },
  { label: 'Latency p95', unit: 'ms', value: (second) => second.latencyP95Ms },
  { label: 'CPU', unit: 'cores', value: (second) => second.cpuCores },
  { label: 'Memory (RSS)', unit: 'MB', value: (second) => second.rssBytes / bytesPerMegabyte },
  { label: 'Threads', unit: 'count', value: (second) => second.threads },
];

/** The seconds of the scenario trials, both variants over each other on one axis: time within the trial. */
export function timePart(view: ComparisonView): Part {
  const hasSeries = view.series.some((trial) => trial.kind === 'scenario' && trial.seconds.length > 0);
  return {
    id: 'time',
    title: 'Over time',
    lead: html`One time axis: seconds since the load of a trial began. Bold: the median over the blocks, second by
    second; faint: each block. The shaded part is the warm-up, which is not measured.`,
    body: hasSeries
      ? html`${variantLegend(view.variants)}
          <div class="chart-grid">${measures.map((measure) => timeChart(view, measure))}</div>`
      : emptyNote('The trial files with the seconds are not here, so nothing can be drawn over time.'),
  };
}

function timeChart(view: ComparisonView, measure: TimeMeasure): TemplateResult {
  const timelines = view.variants.map((variant) => variantTimeline(view.series, variant.name, measure));
  const format = (value: number): string => formatQuantity(value, measure.unit);
  const plan: ChartPlan = (colours) =>
    lineChart(
      {
        lines: timelines.flatMap((timeline, index) => lines(timeline, view.variants[index]?.index ?? 0)),
        xTitle: 'seconds',
        formatX: (value) => `${Math.round(value)} s`,
        formatY: format,
        formatTick: formatNumber,
        shadedUntil: windowStartSeconds(view.series),
      },
      colours,
    );
  return html`<figure class="chart-card">
    <figcaption><b>${measure.label}</b>${unitSuffix(measure.unit)}</figcaption>
    <chart-canvas
      .plan=${plan}
      label=${`${measure.label} over the time of a trial, one line per variant; the table below has the numbers`}
    ></chart-canvas>
    <details class="alternative">
      <summary>Numbers</summary>
      ${secondsTable(measure, timelines, format)}
    </details>
  </figure>`;
}

function lines(timeline: VariantTimeline, variantIndex: number): Line[] {
  return [
    ...timeline.blocks.map((points) => ({ name: timeline.variant, variantIndex, points, isFaint: true })),
    { name: timeline.variant, variantIndex, points: timeline.median },
  ];
}

function secondsTable(
  measure: TimeMeasure,
  timelines: readonly VariantTimeline[],
  format: (value: number) => string,
): TemplateResult {
  const bySecond = timelines.map((timeline) => new Map(timeline.median.map((point) => [point.x, point.y])));
  const seconds = [...new Set(bySecond.flatMap((values) => [...values.keys()]))].sort((a, b) => a - b);
  return dataTable({
    label: `${measure.label}, median over blocks`,
    caption: html`${measure.label}, median over blocks`,
    columns: [
      { label: 'Second', cell: (second: number) => second },
      ...timelines.map((timeline, index) => ({
        label: timeline.variant,
        align: 'end' as const,
        cell: (second: number) => {
          const value = bySecond[index]?.get(second);
          return value === undefined ? '–' : format(value);
        },
      })),
    ],
    groups: [{ title: null, rows: seconds }],
  });
}
