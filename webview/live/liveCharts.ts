import { html, type TemplateResult } from 'lit';
import type { TrialKind } from '../../src/shared/events';
import type { LiveRun } from '../../src/shared/liveRun';
import { loadSeconds, rampAndWarmupSeconds } from '../../src/shared/planSeconds';
import type { PlanSummary } from '../../src/shared/record';
import { formatNumber, formatPercent, formatQuantity } from '../../src/shared/words/formatNumber';
import type { ChartPlan } from '../components/chartCanvas';
import type { Line } from '../components/line';
import { lineChart } from '../components/lineChart';
import { createSharedTime, type SharedTime } from '../components/sharedTime';
import { variantClass, variantMark } from '../components/variantLegend';
import type { VariantView } from '../model/comparisonView';
import { unitName } from '../model/effectText';
import { createLiveLines } from '../model/liveLines';
import { type LiveMeasure, liveMeasures, mainCurve, newestSecond, shownKind } from '../model/liveMeasures';

/** Draws the charts of a run; what has not changed since the last time is not drawn again. Frozen, they show what they last did. */
export type LiveCharts = (run: LiveRun, variants: readonly VariantView[], isFrozen: boolean) => TemplateResult;

/** One drawer for the life of a page: it holds each chart's plan and lines from one time to the next. */
export function createLiveCharts(): LiveCharts {
  const time = createSharedTime();
  const charts = liveMeasures.map((measure) => ({ measure, chart: createLiveChart(measure, time) }));
  let frozen: { readonly run: LiveRun; readonly variants: readonly VariantView[] } | null = null;
  return (runNow, variantsNow, isFrozen) => {
    frozen = isFrozen ? (frozen ?? { run: runNow, variants: variantsNow }) : null;
    const { run, variants } = frozen ?? { run: runNow, variants: variantsNow };
    const kind = shownKind(run);
    const areSeen = run.comparison?.plan.control === undefined;
    const shown = charts.filter(({ measure }) => areSeen || measure.isOfProcesses !== true);
    return html`<div class="live-charts">${shown.map(({ chart }) => chart(run, variants, kind))}</div>`;
  };
}

function createLiveChart(
  measure: LiveMeasure,
  time: SharedTime,
): (run: LiveRun, variants: readonly VariantView[], kind: TrialKind) => TemplateResult {
  const makeLines = createLiveLines(measure);
  let shape: { readonly plan: PlanSummary | null; readonly kind: TrialKind; readonly chart: ChartPlan } | null = null;
  let content: {
    readonly trials: LiveRun['trials'];
    readonly kind: TrialKind;
    readonly lines: readonly Line[];
  } | null = null;
  return (run, variants, kind) => {
    const plan = run.comparison?.plan ?? null;
    if (shape === null || shape.plan !== plan || shape.kind !== kind)
      shape = { plan, kind, chart: chartPlan(measure, { plan, kind, time }) };
    if (content === null || content.trials !== run.trials || content.kind !== kind)
      content = { trials: run.trials, kind, lines: makeLines(run, variants, kind) };
    return chartCard(run, { measure, kind, variants, lines: content.lines, plan: shape.chart });
  };
}

function chartPlan(
  measure: LiveMeasure,
  { plan, kind, time }: { readonly plan: PlanSummary | null; readonly kind: TrialKind; readonly time: SharedTime },
): ChartPlan {
  const isNamed = measure.curves.length > 1;
  return (colours) =>
    lineChart(
      {
        lines: [],
        sharedTime: time,
        xTitle: '',
        isFromZero: measure.isFromZero,
        formatX: (value) => `${Math.round(value)} s`,
        formatY: (value) => valueText(value, measure),
        formatTick: measure.unit === 'share' ? formatPercent : formatNumber,
        ...(plan === null ? {} : { xReach: loadSeconds(plan, kind), shadedUntil: rampAndWarmupSeconds(plan, kind) }),
        ...(isNamed ? { labelWidth: 30 } : {}),
      },
      colours,
    );
}

interface ChartCard {
  readonly measure: LiveMeasure;
  readonly kind: TrialKind;
  readonly variants: readonly VariantView[];
  readonly lines: readonly Line[];
  readonly plan: ChartPlan;
}

function chartCard(run: LiveRun, { measure, kind, variants, lines, plan }: ChartCard): TemplateResult {
  const unit = measure.unitName ?? unitName(measure.unit);
  const main = mainCurve(measure);
  return html`<figure class="chart-card">
    <figcaption>
      <b>${measure.label}</b>${unit === '' ? '' : `, ${unit}`} <span class="kind">· ${kind}</span>
      ${measure.isFromZero ? '' : html`<span class="kind">· axis not from 0</span>`}
    </figcaption>
    <ul class="latest" aria-label=${`${measure.label} ${main.name}, newest second of each variant`}>
      ${main.name === '' ? '' : html`<li class="muted">${main.name}</li>`}
      ${variants.map((variant) => {
        const second = newestSecond(run, variant.name, kind);
        return html`<li class=${variantClass(variant)}>
          ${variantMark(variant)} <span class="visually-hidden">${variant.name}:</span>
          <span class="value">${second === null ? '–' : valueText(main.value(second), measure)}</span>
        </li>`;
      })}
    </ul>
    <chart-canvas
      .plan=${plan}
      .lines=${lines}
      label=${`${measure.label} over the seconds of the ${kind} trials, one line per variant; the newest values stand above`}
    ></chart-canvas>
  </figure>`;
}

function valueText(value: number | null, { unit }: LiveMeasure): string {
  if (value === null) return '–';
  return unit === 'share' ? `${formatNumber(value * 100)} %` : formatQuantity(value, unit);
}
