import { html, nothing, svg, type TemplateResult } from 'lit';
import { withWordInterval } from '../../src/shared/effects/frontInterval';
import { type EndpointContribution, endpointContributions } from '../../src/shared/endpointContributions';
import { formatCount, formatDifference, formatNumber, formatPercent } from '../../src/shared/words/formatNumber';
import type { ComparisonView, VariantView } from '../model/comparisonView';
import { differenceInterval, unitOf } from '../model/effectText';
import { dataTable } from './dataTable';
import { emptyNote, type Part } from './part';
import { verdictBadge } from './verdictBadge';

/** Shows the code of an endpoint; null: nobody can here. */
export type OpenCode = ((endpoint: string) => void) | null;

/** Where the time goes: each endpoint's part of the change of the mean latency, the largest first. A name leads to its code where that is known. */
export function endpointsPart(view: ComparisonView, openCode: OpenCode): Part {
  const tables = view.candidates.map((candidate) => ({
    candidate,
    rows: endpointContributions(view.record, view.baseline.name, candidate.name),
  }));
  return {
    id: 'endpoints',
    title: 'Endpoints',
    lead: html`Sorted by contribution: the endpoint's share of all requests times the change of its mean latency, which
    is what it adds to the mean of all. Exploratory: many endpoints are looked at, so one of them may differ by chance.`,
    body: tables.every(({ rows }) => rows.length === 0)
      ? emptyNote('No request was answered, so there is nothing per endpoint.')
      : tables.map(({ candidate, rows }) => candidateTable(view, { candidate, rows, openCode })),
  };
}

interface CandidateRows {
  readonly candidate: VariantView;
  readonly rows: readonly EndpointContribution[];
  readonly openCode: OpenCode;
}

function candidateTable(view: ComparisonView, { candidate, rows, openCode }: CandidateRows): TemplateResult {
  const known = new Set(openCode === null ? [] : (view.record.sources ?? []).map(({ endpoint }) => endpoint));
  const largest = Math.max(...rows.map((row) => Math.abs(row.contributionMs ?? 0)), 0);
  const pair = (read: (figures: EndpointContribution['baseline']) => number | null) => (row: EndpointContribution) =>
    html`${milliseconds(read(row.baseline))} → ${milliseconds(read(row.candidate))}`;
  return dataTable({
    label: `Endpoints, ${candidate.name}`,
    caption: html`<b>${candidate.name}</b> against ${view.baseline.name}; successful requests of all blocks`,
    stacks: true,
    columns: [
      {
        label: 'Endpoint',
        cell: ({ name }) =>
          known.has(name)
            ? html`<button type="button" class="link" title="Open its code" @click=${() => openCode?.(name)}>
                ${name}
              </button>`
            : name,
      },
      {
        label: 'Requests',
        align: 'end',
        cell: (row) =>
          html`${formatCount(row.baseline.requests + row.candidate.requests)}<span class="second"
              >${formatPercent(row.share)}</span
            >`,
      },
      { label: 'Mean, ms', align: 'end', cell: pair((figures) => figures.meanMs) },
      { label: 'p50, ms', align: 'end', cell: pair((figures) => figures.p50Ms) },
      { label: 'p95, ms', align: 'end', cell: pair((figures) => figures.p95Ms) },
      { label: 'Change of the mean', align: 'end', cell: changeCell },
      { label: 'Contribution', align: 'end', cell: (row) => contributionCell(row, largest) },
      {
        label: 'Word',
        cell: (row) => (row.effect === null ? html`<span class="absent muted">–</span>` : verdictBadge(row.effect)),
      },
    ],
    groups: [{ title: null, rows }],
  });
}

function changeCell({ effect: measured, baseline, candidate }: EndpointContribution): unknown {
  const effect = measured && withWordInterval(measured);
  if (effect?.difference) {
    return html`${formatDifference(effect.difference.estimate, unitOf(effect))}<span class="second"
        >${formatPercent(effect.difference.level)} CI ${differenceInterval(effect)}</span
      >`;
  }
  if (baseline.meanMs === null || candidate.meanMs === null) return html`<span class="absent muted">–</span>`;
  return formatDifference(candidate.meanMs - baseline.meanMs, 'ms');
}

function contributionCell(row: EndpointContribution, largest: number): unknown {
  if (row.contributionMs === null) return html`<span class="absent muted">–</span>`;
  const width = largest === 0 ? 0 : (Math.abs(row.contributionMs) / largest) * 100;
  const tone = row.contributionMs > 0 ? 'tone-worse' : 'tone-better';
  return html`${formatDifference(row.contributionMs, 'ms')}${
    width === 0
      ? nothing
      : html`<svg class=${`bar-cell ${tone}`} width="100%" aria-hidden="true">
          ${svg`<rect x=${`${100 - width}%`} width=${`${width}%`} height="100%" rx="2" fill="currentColor" opacity="0.55"></rect>`}
        </svg>`
  }`;
}

function milliseconds(value: number | null): string {
  return value === null ? '–' : formatNumber(value);
}
