import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { roundStep } from '../../src/shared/charts/roundStep';
import { metricNamed } from '../../src/shared/metrics';
import type { Trend, TrendPoint } from '../../src/shared/trend';
import { utcMinute } from '../../src/shared/utcMinute';
import { formatPercentChange } from '../model/intervalScale';
import { dataTable } from './dataTable';

const top = 12;
const bottom = 150;
/** The marks stand right of the axis labels. In percent of the width. */
const left = 15;
const right = 98;

/** One headline metric over the runs: an interval and a mark per run, in their order. */
export function trendChart({ metric, candidate, points }: Trend, shownId: string): TemplateResult {
  const scale = changeScale(points);
  const { label } = metricNamed(metric);
  const pinned = points.filter(({ run }) => run.isPinned).at(-1);
  const x = (index: number): number => left + ((index + 0.5) / points.length) * (right - left);
  return html`<figure class="chart-card">
    <figcaption><b>${label}</b>, ${candidate}: change in percent</figcaption>
    <svg
      class="trend-chart"
      role="img"
      aria-label=${`${label} of ${candidate} over ${points.length} runs; the table below has the numbers`}
    >
      ${pinned === undefined ? nothing : band(pinned, scale)}
      ${scale.ticks.map(
        (
          tick,
        ) => svg`<line class=${tick === 0 ? 'tick is-zero' : 'tick'} x1="0" x2="100%" y1=${y(tick, scale)} y2=${y(tick, scale)}></line>
        <text x="0" y=${y(tick, scale) - 3}>${formatPercentChange(tick)}</text>`,
      )}
      ${points.map((point, index) => mark(point, x(index), scale, point.run.id === shownId))} ${edgeDates(points, x)}
    </svg>
    <details class="alternative">
      <summary>Numbers</summary>
      ${trendTable(label, points, shownId)}
    </details>
  </figure>`;
}

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

function band({ effect: { change } }: TrendPoint, scale: Scale): SVGTemplateResult | typeof nothing {
  if (change === null) return nothing;
  const [from, to] = [y(change.high, scale), y(change.low, scale)];
  return svg`<rect class="band" x="0" width="100%" y=${from} height=${Math.max(1, to - from)}></rect>`;
}

function mark({ run, effect }: TrendPoint, x: number, scale: Scale, isShown: boolean): SVGTemplateResult {
  const { change } = effect;
  if (change === null) return svg``;
  const at = y(change.estimate, scale);
  const size = 4;
  return svg`<g class=${isShown ? 'run is-shown' : 'run'}>
    <title>${pointText(run, change)}</title>
    <line class="range" x1=${`${x}%`} x2=${`${x}%`} y1=${y(change.high, scale)} y2=${y(change.low, scale)}></line>
    ${
      run.isPinned
        ? svg`<svg x=${`${x}%`} y=${at} overflow="visible"><rect class="point" x=${-size} y=${-size} width=${2 * size} height=${2 * size}></rect></svg>`
        : svg`<circle class="point" cx=${`${x}%`} cy=${at} r=${size}></circle>`
    }
    ${isShown ? svg`<circle class="ring" cx=${`${x}%`} cy=${at} r=${size + 4}></circle>` : nothing}
  </g>`;
}

/** Of the first and the last run: more would touch, and each mark says its own. */
function edgeDates(points: readonly TrendPoint[], x: (index: number) => number): SVGTemplateResult {
  const [first, last] = [points[0], points.at(-1)];
  return svg`${first === undefined ? nothing : svg`<text x=${`${Math.max(0, x(0) - 6)}%`} y="170">${first.run.createdAt.slice(0, 10)}</text>`}
    ${last === undefined ? nothing : svg`<text x="100%" y="170" text-anchor="end">${last.run.createdAt.slice(0, 10)}</text>`}`;
}

function trendTable(label: string, points: readonly TrendPoint[], shownId: string): TemplateResult {
  const newestFirst = [...points].reverse();
  return dataTable({
    label: `${label} over the runs`,
    caption: html`${label} over the runs, the newest first`,
    columns: [
      {
        label: 'Run',
        cell: ({ run }: TrendPoint) =>
          html`${run.name ?? dateText(run.createdAt)}<span class="second"
              >${[...(run.name === null ? [] : [dateText(run.createdAt)]), ...(run.isPinned ? ['pinned'] : []), ...(run.id === shownId ? ['this run'] : [])].join(', ')}</span
            >`,
      },
      { label: 'Commit', cell: ({ run }) => commitText(run) },
      {
        label: 'Change',
        align: 'end',
        cell: ({ effect: { change } }) => (change === null ? '–' : formatPercentChange(change.estimate)),
      },
      {
        label: 'Interval',
        align: 'end',
        cell: ({ effect: { change } }) =>
          change === null ? '–' : `${formatPercentChange(change.low)} to ${formatPercentChange(change.high)}`,
      },
      { label: 'Verdict', cell: ({ effect }) => effect.verdict ?? 'not judged' },
    ],
    groups: [{ title: null, rows: newestFirst }],
  });
}

/** `2026-11-28 21:05 UTC`. */
export function dateText(createdAt: string): string {
  return `${utcMinute(createdAt)} UTC`;
}

function commitText({ branch, commit }: TrendPoint['run']): string {
  if (commit === null) return branch ?? '–';
  return `${branch === null ? '' : `${branch}@`}${commit.slice(0, 7)}`;
}

function pointText(run: TrendPoint['run'], change: NonNullable<TrendPoint['effect']['change']>): string {
  const name = run.name === null ? '' : `${run.name}, `;
  return `${name}${dateText(run.createdAt)}, ${commitText(run)}: ${formatPercentChange(change.estimate)} (${formatPercentChange(change.low)} to ${formatPercentChange(change.high)})`;
}

function y(value: number, scale: Scale): number {
  return bottom - ((value - scale.low) / (scale.high - scale.low)) * (bottom - top);
}

/** From the lowest to the highest bound, zero among them, with round ticks. */
function changeScale(points: readonly TrendPoint[]): Scale {
  const bounds = points.flatMap(({ effect: { change } }) => (change === null ? [] : [change.low, change.high]));
  const [low, high] = [Math.min(0, ...bounds), Math.max(0, ...bounds)];
  const step = roundStep(Math.max(high - low, 1), 3);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(formatStep((first + index) * step)));
  return { low: first * step, high: Math.max(last, first + 1) * step, ticks };
}

/** Multiples of 0.1 are no tenths in binary. */
function formatStep(value: number): string {
  return value.toPrecision(12);
}
