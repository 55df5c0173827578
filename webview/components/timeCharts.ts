import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatNumber, formatQuantity } from '../../src/shared/words/formatNumber';
import type { ComparisonView } from '../model/comparisonView';
import { unitSuffix } from '../model/effectText';
import { variantMarks, type VariantMarks } from '../model/marks';
import {
  type TimeMeasure,
  timeMeasures,
  type VariantTimeline,
  variantTimeline,
  windowStartSeconds,
} from '../../src/shared/charts/timeSeries';
import type { ChartPlan } from './chartCanvas';
import { dataTable } from './dataTable';
import type { Line } from './line';
import { lineChart } from './lineChart';
import { emptyNote, type Part } from './part';
import { createSharedTime, type SharedTime, type TimeRange } from './sharedTime';
import type { TimeMark } from './timeMarks';
import { variantLegend } from './variantLegend';

/**
 * The seconds of the scenario trials, both variants over each other on one axis: time within the trial. The charts are made once; `onRange` is called
 * when another part of the time is shown, and the part is to be asked for again.
 */
export function createTimePart(view: ComparisonView, onRange: () => void): () => Part {
  const time = createSharedTime(onRange);
  const marks = view.variants.map((variant) => variantMarks(view.series, variant));
  const seconds = view.series.flatMap((trial) => (trial.kind === 'scenario' ? trial.seconds : []));
  const charts = timeMeasures
    .filter((measure) => seconds.some((second) => measure.value(second) !== null))
    .map((measure) => timeChart(view, measure, time, timeMarksOf(marks)));
  const hasSeries = charts.length > 0;
  const lastSecond = Math.ceil(
    Math.max(
      0,
      ...view.series.filter(({ kind }) => kind === 'scenario').map(({ seconds }) => seconds.at(-1)?.atSeconds ?? 0),
    ),
  );
  return () => ({
    id: 'time',
    title: 'Over time',
    lead: html`One time axis: seconds since the load of a trial began. Bold: the median over the blocks, second by
    second; faint: each block. The shaded part is the warm-up, which is not measured. Drag over a chart to look at a
    part of the time.`,
    body: hasSeries
      ? html`<div class="time-head">${variantLegend(view.variants)} ${rangeControls(time, lastSecond)}</div>
          ${marksList(marks)}
          <div class="chart-grid">${charts}</div>`
      : emptyNote('The trial files with the seconds are not here, so nothing can be drawn over time.'),
  });
}

/** From where to where, for the keyboard too. */
function rangeControls(time: SharedTime, lastSecond: number): TemplateResult {
  const { from, to } = time.range ?? { from: 0, to: lastSecond };
  const change =
    (edge: keyof TimeRange) =>
    (event: Event): void => {
      const value = event.target instanceof HTMLInputElement ? event.target.valueAsNumber : Number.NaN;
      if (Number.isFinite(value)) time.setRange({ from, to, [edge]: value });
    };
  const field = (edge: keyof TimeRange, value: number): TemplateResult =>
    html`<label
      >${edge === 'from' ? 'From' : 'to'}
      <input
        type="number"
        min="0"
        max=${lastSecond}
        step="1"
        .value=${String(Math.round(value))}
        @change=${change(edge)}
    /></label>`;
  return html`<div class="controls screen-only" role="group" aria-label="Part of the time">
    ${field('from', from)} ${field('to', to)} s
    ${
      time.range === null
        ? nothing
        : html`<button type="button" class="text-button" @click=${() => time.setRange(null)}>Show all</button>`
    }
  </div>`;
}

function timeMarksOf(marks: readonly VariantMarks[]): readonly TimeMark[] {
  return marks.flatMap(({ variant: { index }, flushes, errorSeconds }) => [
    ...(flushes ?? []).map((atSeconds): TimeMark => ({ kind: 'flush', atSeconds, variantIndex: index })),
    ...errorSeconds.map((atSeconds): TimeMark => ({ kind: 'error', atSeconds, variantIndex: index })),
  ]);
}

/** What the marks stand for, in figures. */
function marksList(marks: readonly VariantMarks[]): TemplateResult | typeof nothing {
  const said = marks.filter(({ flushes, failures }) => (flushes?.length ?? 0) > 0 || failures > 0);
  if (said.length === 0) return nothing;
  return html`<ul class="legend marks">
    ${said.map(({ variant, flushes, failures, trials }) => {
      const parts = [
        ...(flushes === null || flushes.length === 0
          ? []
          : [`▲ ${formatCount(flushes.length)} ${flushes.length === 1 ? 'batch' : 'batches'} of events arrived`]),
        ...(failures === 0 ? [] : [`✕ ${formatCount(failures)} ${failures === 1 ? 'request' : 'requests'} failed`]),
      ];
      return html`<li>
        ${variant.name}: ${parts.join(', ')}, in ${trials === 1 ? 'one trial' : `${formatCount(trials)} trials`}
      </li>`;
    })}
  </ul>`;
}

function timeChart(
  view: ComparisonView,
  measure: TimeMeasure,
  sharedTime: SharedTime,
  marks: readonly TimeMark[],
): TemplateResult {
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
        marks,
        sharedTime,
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
