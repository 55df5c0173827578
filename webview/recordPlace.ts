import { html, render } from 'lit';
import type { ComparisonRecord } from '../src/shared/record';
import { unpackSeries } from '../src/shared/series';
import { comparisonView } from './model/comparisonView';
import type { Act, RecordMessage } from './panelState';
import { recordBar } from './recordBar';
import { mountReportPage } from './reportPage';

/**
 * Shows records in `root`: a bar of actions above the result page. The same record once more (the page was shown again, or a run
 * began elsewhere) only changes the bar, so that the reader keeps place and choices.
 */
export function recordPlace(root: HTMLElement): (message: RecordMessage, act: Act) => void {
  let shown: { readonly page: Element; readonly record: ComparisonRecord } | null = null;
  let ledTo = 0;
  return (message, act) => {
    const { sought } = message;
    // Drawn once more, nothing is sought any more: the reader has moved on.
    const endpoint = sought === null || sought.id === ledTo ? null : sought.endpoint;
    ledTo = sought?.id ?? ledTo;
    render(
      html`<div class="record-actions"></div>
        <div class="record-page"></div>`,
      root,
    );
    const bar = root.querySelector<HTMLElement>('.record-actions');
    const page = root.querySelector<HTMLElement>('.record-page');
    if (bar === null || page === null) throw new Error('The page has no place for a record.');
    render(recordBar(message, act), bar);
    if (shown?.page === page && isSame(shown.record, message.record)) {
      if (endpoint !== null) showEndpoint(page, endpoint);
      return;
    }
    shown = { page, record: message.record };
    mountReportPage(
      page,
      comparisonView(message.record, message.series.map(unpackSeries)),
      'read from the record on disk',
    );
    if (endpoint === null) window.scrollTo(0, 0);
    else showEndpoint(page, endpoint);
  };
}

/** Leads to the endpoint's row, and marks it; where it has none, to the part of the endpoints. */
function showEndpoint(page: Element, endpoint: string): void {
  const part = page.querySelector('#endpoints');
  for (const marked of page.querySelectorAll('tr.sought')) marked.classList.remove('sought');
  const header = [...(part?.querySelectorAll('th[scope="row"]') ?? [])].find(
    ({ textContent }) => textContent.trim() === endpoint,
  );
  const row = header?.closest('tr') ?? null;
  row?.classList.add('sought');
  (row ?? part)?.scrollIntoView({ block: row === null ? 'start' : 'center' });
}

/** A record grows until its status is final: then its id is enough. */
function isSame(a: ComparisonRecord, b: ComparisonRecord): boolean {
  return (
    a.id === b.id &&
    a.status === b.status &&
    a.trials.length === b.trials.length &&
    a.capacity.length === b.capacity.length
  );
}
