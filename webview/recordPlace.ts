import { html, render } from 'lit';
import type { PageState } from '../src/shared/panelProtocol';
import type { ComparisonRecord } from '../src/shared/record';
import { unpackSeries } from '../src/shared/series';
import { historyTab } from './components/historyTab';
import { createLogTab } from './components/logTab';
import { comparisonView } from './model/comparisonView';
import type { Act, RecordState } from './panelState';
import { recordBar } from './recordBar';
import { mountReportPage, type ReportPage } from './reportPage';

/** What a page keeps while it is away. */
export interface Keeper {
  kept(): PageState | null;
  keep(state: PageState): void;
}

/**
 * Shows records in `root`: a bar of actions above the result page. The same record once more (the page was shown again, or a run
 * began elsewhere) only changes the bar and what the host has answered, so that the reader keeps place and choices.
 */
export function recordPlace(root: HTMLElement, keeper: Keeper): (state: RecordState, act: Act) => void {
  let shown: { readonly place: Element; readonly record: ComparisonRecord; readonly page: ReportPage } | null = null;
  let ledTo = 0;
  let now: RecordState | null = null;
  return (state, act) => {
    const { shown: message } = state;
    const { sought } = message;
    now = state;
    // Drawn once more, nothing is sought any more: the reader has moved on.
    const endpoint = sought === null || sought.id === ledTo ? null : sought.endpoint;
    ledTo = sought?.id ?? ledTo;
    render(
      html`<div class="record-actions"></div>
        <div class="record-page"></div>`,
      root,
    );
    const bar = root.querySelector<HTMLElement>('.record-actions');
    const place = root.querySelector<HTMLElement>('.record-page');
    if (bar === null || place === null) throw new Error('The page has no place for a record.');
    render(recordBar(message, act), bar);
    if (shown?.place === place && isSame(shown.record, message.record)) {
      shown.page.redraw();
      if (endpoint !== null) showEndpoint(place, endpoint, shown.page);
      return;
    }
    const { recordPath } = message;
    const before = keeper.kept();
    const tab = before?.recordPath === recordPath ? before.tab : undefined;
    keeper.keep({ recordPath, ...(tab === undefined ? {} : { tab }) });
    shown?.page.dispose();
    const logTab = createLogTab(message.record, act, () => shown?.page.redraw());
    const page = mountReportPage(place, comparisonView(message.record, message.series.map(unpackSeries)), {
      footnote: 'read from the record on disk',
      tab,
      onTab: (selected) => keeper.keep({ recordPath, tab: selected }),
      openCode: (endpoint) => act({ type: 'openCode', endpoint }),
      hostTabs: () => [historyTab(message.record, now?.history ?? null, act), logTab(now?.logs ?? new Map())],
    });
    shown = { place, record: message.record, page };
    if (endpoint !== null) showEndpoint(place, endpoint, page);
    else if (tab === undefined) window.scrollTo(0, 0);
  };
}

/** Leads to the endpoint's row, and marks it; where it has none, to the part of the endpoints. */
function showEndpoint(place: Element, endpoint: string, page: ReportPage): void {
  page.select('endpoints');
  const part = place.querySelector('#endpoints');
  for (const marked of place.querySelectorAll('tr.sought')) marked.classList.remove('sought');
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
