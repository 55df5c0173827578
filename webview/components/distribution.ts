import { html, type TemplateResult } from 'lit';
import { endpointNames } from '../../src/shared/endpointContributions';
import { formatCount, formatNumber, formatQuantity } from '../../src/shared/words/formatNumber';
import type { ComparisonView } from '../model/comparisonView';
import { ecdf, type LatencySummary, latencySummary, pooledLatency } from '../../src/shared/charts/distribution';
import type { ChartPlan } from './chartCanvas';
import { dataTable } from './dataTable';
import { lineChart } from './lineChart';
import { emptyNote, type Part } from './part';
import { variantLegend } from './variantLegend';

/** The distribution of one endpoint (null: all), computed once: histograms are dear to merge. */
export interface Distribution {
  readonly endpoint: string | null;
  readonly plan: ChartPlan;
  readonly summaries: readonly LatencySummary[];
}

export function distributionOf(view: ComparisonView, endpoint: string | null): Distribution {
  const histograms = view.variants.map((variant) => pooledLatency(view.record, variant.name, endpoint));
  const lines = view.variants.map((variant, index) => {
    const histogram = histograms[index];
    return { name: variant.name, variantIndex: variant.index, points: histogram === undefined ? [] : ecdf(histogram) };
  });
  return {
    endpoint,
    summaries: histograms.map(latencySummary),
    plan: (colours) =>
      lineChart(
        {
          lines,
          xTitle: 'latency, ms (log scale)',
          isLogX: true,
          formatX: (ms) => formatQuantity(ms, 'ms'),
          formatY: (percent) => `${formatNumber(percent)} %`,
          formatTick: formatNumber,
          yMax: 100,
        },
        colours,
      ),
  };
}

/** The share of requests answered within a time (ECDF), pooled over all blocks of the scenario. */
export function distributionPart(
  view: ComparisonView,
  distribution: Distribution,
  onEndpoint: (endpoint: string | null) => void,
): Part {
  const isEmpty = distribution.summaries.every((summary) => summary.requests === 0);
  return {
    id: 'distribution',
    title: 'Distribution',
    lead: html`How many of the successful requests were answered within a time; all blocks pooled. A curve further to
    the right is slower.`,
    body: html`<div class="controls screen-only">
        <label
          >Requests to
          <select @change=${(event: Event) => onEndpoint(chosen(event))}>
            <option value="" ?selected=${distribution.endpoint === null}>all endpoints</option>
            ${endpointNames(view.record).map(
              (name, index) =>
                html`<option value=${String(index + 1)} ?selected=${distribution.endpoint === name}>${name}</option>`,
            )}
          </select></label
        >
      </div>
      ${isEmpty ? emptyNote('No request of this kind was answered.') : distributionFigure(view, distribution)}`,
  };

  function chosen(event: Event): string | null {
    const value = event.target instanceof HTMLSelectElement ? event.target.value : '';
    return value === '' ? null : (endpointNames(view.record)[Number(value) - 1] ?? null);
  }
}

function distributionFigure(view: ComparisonView, distribution: Distribution): TemplateResult {
  const what = distribution.endpoint ?? 'all endpoints';
  return html`<figure class="chart-card">
      <figcaption><b>Latency, ${what}</b>: percent of requests answered within a time</figcaption>
      ${variantLegend(view.variants)}
      <chart-canvas
        class="tall"
        .plan=${distribution.plan}
        label=${`Latency distribution of ${what}, one curve per variant; the table below has the percentiles`}
      ></chart-canvas>
    </figure>
    ${percentileTable(view, distribution, what)}`;
}

function percentileTable(view: ComparisonView, distribution: Distribution, what: string): TemplateResult {
  const [first] = distribution.summaries;
  const percentiles = first?.percentilesMs ?? [];
  return dataTable({
    label: `Latency percentiles, ${what}`,
    caption: html`<b>Percentiles</b> in ms; * fewer than ten requests lie beyond it, so it is mostly chance`,
    columns: [
      { label: 'Variant', cell: (index: number) => view.variants[index]?.name ?? '' },
      { label: 'Requests', align: 'end', cell: (index) => formatCount(distribution.summaries[index]?.requests ?? 0) },
      { label: 'Mean', align: 'end', cell: (index) => milliseconds(distribution.summaries[index]?.meanMs ?? null) },
      ...percentiles.map(({ percentile }, column) => ({
        label: percentile === 100 ? 'max' : `p${percentile}`,
        align: 'end' as const,
        cell: (index: number) => {
          const entry = distribution.summaries[index]?.percentilesMs[column];
          return `${milliseconds(entry?.ms ?? null)}${entry?.isThin ? '*' : ''}`;
        },
      })),
    ],
    groups: [{ title: null, rows: view.variants.map((_, index) => index) }],
  });
}

function milliseconds(value: number | null): string {
  return value === null ? '–' : formatNumber(value);
}
