import { html } from 'lit';
import { formatCount, formatPercent } from '../../src/shared/words/formatNumber';
import type { ComparisonView } from '../model/comparisonView';
import { dataTable } from './dataTable';
import { emptyNote, type Part } from './part';

interface ErrorRow {
  readonly endpoint: string;
  readonly reason: string;
  readonly variant: string;
  readonly count: number;
  readonly share: number;
}

/** Failed requests by endpoint and reason. */
export function errorsPart(view: ComparisonView): Part {
  const rows = view.variants.flatMap((variant) => errorRows(view, variant.name)).sort((a, b) => b.count - a.count);
  return {
    id: 'errors',
    title: 'Errors',
    body:
      rows.length === 0
        ? emptyNote('No request of the scenario failed in any variant.')
        : dataTable({
            label: 'Errors',
            caption: html`<b>Failed requests</b> of the scenario: an unexpected status, no answer, or a time-out`,
            stacks: true,
            columns: [
              { label: 'Endpoint', cell: (row: ErrorRow) => row.endpoint },
              { label: 'Reason', cell: (row) => row.reason },
              { label: 'Variant', cell: (row) => row.variant },
              { label: 'Failed', align: 'end', cell: (row) => formatCount(row.count) },
              { label: 'of its requests', align: 'end', cell: (row) => formatPercent(row.share) },
            ],
            groups: [{ title: null, rows }],
          }),
  };
}

function errorRows(view: ComparisonView, variant: string): ErrorRow[] {
  const counts = new Map<string, { endpoint: string; reason: string; count: number }>();
  const requests = new Map<string, number>();
  for (const trial of view.record.trials.filter((entry) => entry.variant === variant)) {
    for (const [endpoint, entry] of Object.entries(trial.endpoints)) {
      requests.set(endpoint, (requests.get(endpoint) ?? 0) + entry.requests);
      for (const [reason, count] of Object.entries(entry.failureReasons)) {
        const key = JSON.stringify([endpoint, reason]);
        counts.set(key, { endpoint, reason, count: count + (counts.get(key)?.count ?? 0) });
      }
    }
  }
  return [...counts.values()].map((entry) => {
    const all = requests.get(entry.endpoint) ?? 0;
    return { ...entry, variant, share: all === 0 ? 0 : entry.count / all };
  });
}
