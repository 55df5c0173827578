import { html, render } from 'lit';
import { blocksPart } from './components/blocksPart';
import { type Distribution, distributionOf, distributionPart } from './components/distribution';
import { effectsPart } from './components/effectsTable';
import { endpointsPart, type OpenCode } from './components/endpointsTable';
import { errorsPart } from './components/errorsTable';
import { type EventInputs, eventsPart } from './components/eventsSection';
import { headlineStrip } from './components/headlineStrip';
import { methodPart } from './components/howMeasured';
import { pageHeader } from './components/pageHeader';
import type { Part } from './components/part';
import { resolutionPart } from './components/resolutionTable';
import { resourcesPart } from './components/resources';
import { type Tab, tabsOf } from './components/tabs';
import { createTimePart } from './components/timeCharts';
import { trialsPart } from './components/trialsTable';
import { verdictBanner } from './components/verdictBanner';
import { warningsSection } from './components/warnings';
import type { ComparisonView } from './model/comparisonView';
import { meanRate } from './model/eventTotals';

export interface ReportPageOptions {
  /** Where the page lives. */
  readonly footnote: string;
  /** The tab that is open at first; one that there is not, or undefined: the first. */
  readonly tab?: string | undefined;
  readonly onTab?: (id: string) => void;
  readonly openCode?: OpenCode;
  /** Tabs that only a host can fill, each before the tab of that id; asked for anew with each drawing. */
  readonly hostTabs?: () => readonly HostTab[];
}

export interface HostTab extends Tab {
  readonly before: string | null;
}

export interface ReportPage {
  /** What lies outside of the page has changed. */
  redraw(): void;
  select(tab: string): void;
  /** Lets go of the window; what is drawn stays. */
  dispose(): void;
}

/** What a reader can change. */
interface PageState {
  readonly tab: string;
  readonly endpoint: string | null;
  readonly events: EventInputs;
  /** On paper everything is shown. */
  readonly isPrinting: boolean;
}

/** Draws the page into `root` and keeps it in step with what the reader changes: state → parts → one render. */
export function mountReportPage(root: HTMLElement, view: ComparisonView, options: ReportPageOptions): ReportPage {
  const { footnote, onTab = () => undefined, hostTabs = () => [] } = options;
  const made = new Set<string>();
  let isHeadDrawn = false;
  let state: PageState = {
    tab: '',
    endpoint: null,
    events: { ratePerSecond: Number(meanRate(view.record).toPrecision(2)), quotaMbPerDay: null },
    isPrinting: false,
  };
  const update = (change: Partial<PageState>): void => {
    state = { ...state, ...change };
    draw();
  };
  const own = ownTabs(view, { state: () => state, update, openCode: options.openCode ?? null });
  const tabsNow = (): readonly Tab[] => withHostTabs(own, hostTabs());
  const select = (tab: string): void => {
    if (!tabsNow().some(({ id }) => id === tab)) return;
    const isOther = tab !== state.tab;
    // Also where it is open: what is in it is made now, not with the next frame.
    update({ tab });
    if (isOther) onTab(tab);
  };
  const draw = (): void => {
    const tabs = tabsNow();
    if (isHeadDrawn) made.add(state.tab);
    render(
      html`${pageHeader(view)}
        <main>
          <div class="content">
            ${verdictBanner(view)} ${headlineStrip(view)} ${warningsSection(view, state.isPrinting)}
          </div>
          ${tabsOf({
            tabs,
            selected: state.tab,
            isMade: (id) => state.isPrinting || made.has(id),
            isUnfolded: state.isPrinting,
            onSelect: (tab) => {
              select(tab);
              leadToTabs(root);
            },
          })}
        </main>
        <footer class="page-footer">
          Insights comparison ${view.record.tool.version} · record ${view.record.id} · ${footnote}
        </footer>`,
      root,
    );
  };
  const wanted = options.tab;
  state = { ...state, tab: tabsNow().find(({ id }) => id === wanted)?.id ?? own[0]?.id ?? '' };
  const letGo = new AbortController();
  // What is read first is painted first; charts take longer.
  draw();
  isHeadDrawn = true;
  afterPaint(() => {
    if (!letGo.signal.aborted) draw();
  });
  unfoldOnPaper((isPrinting) => update({ isPrinting }), letGo.signal);
  return { redraw: draw, select, dispose: () => letGo.abort() };
}

/** The tabs that are a function of the record alone. Parts that no state reaches are made once, so that their charts are drawn once. */
function ownTabs(
  view: ComparisonView,
  {
    state,
    update,
    openCode,
  }: {
    readonly state: () => PageState;
    readonly update: (change: Partial<PageState>) => void;
    readonly openCode: OpenCode;
  },
): Tab[] {
  const resolution = resolutionPart(view);
  const distributions = new Map<string | null, Distribution>();
  const distributionNow = (): Distribution => {
    const { endpoint } = state();
    const known = distributions.get(endpoint) ?? distributionOf(view, endpoint);
    distributions.set(endpoint, known);
    return known;
  };
  const charts = once(() => ({ blocks: blocksPart(view), time: createTimePart(view, () => update({})) }));
  const fixed = (id: string, title: string, ...makers: readonly ((view: ComparisonView) => Part)[]): Tab => ({
    id,
    title,
    parts: once(() => makers.map((make) => make(view))),
  });
  return [
    ...(resolution === null ? [] : [{ id: 'resolution', title: resolution.title, parts: () => [resolution] }]),
    { id: 'charts', title: 'Charts', parts: () => [charts().blocks, charts().time()] },
    fixed('effects', 'Effects', effectsPart),
    fixed('endpoints', 'Endpoints', (of) => endpointsPart(of, openCode)),
    {
      id: 'distribution',
      title: 'Distribution',
      parts: () => [distributionPart(view, distributionNow(), (endpoint) => update({ endpoint }))],
    },
    fixed('resources', 'Resources', resourcesPart),
    fixed('errors', 'Errors', errorsPart),
    {
      id: 'events',
      title: 'Events',
      parts: () => [eventsPart(view, state().events, (change) => update({ events: { ...state().events, ...change } }))],
    },
    fixed('method', 'How measured', methodPart, trialsPart),
  ];
}

function withHostTabs(own: readonly Tab[], hosts: readonly HostTab[]): readonly Tab[] {
  const last = hosts.filter(({ before }) => before === null);
  return [...own.flatMap((tab) => [...hosts.filter(({ before }) => before === tab.id), tab]), ...last];
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Pixels, as above a part's title. */
const spaceBelowBar = 24;

/** Who presses a tab wants to see what is in it: its beginning goes below the bar, unless it stands in the upper half of the window. */
function leadToTabs(root: HTMLElement): void {
  const bar = root.querySelector<HTMLElement>('.section-nav');
  const start = bar?.nextElementSibling?.getBoundingClientRect().top;
  if (bar === null || start === undefined) return;
  const isInSight = start >= bar.offsetHeight - 1 && start <= window.innerHeight / 2;
  if (!isInSight) window.scrollBy({ top: start - bar.offsetHeight - spaceBelowBar, behavior: 'instant' });
}

/** A frame is painted after its callbacks: the next one's come behind it. */
function afterPaint(work: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(work));
}

function unfoldOnPaper(onChange: (isPaper: boolean) => void, signal: AbortSignal): void {
  const paper = matchMedia('print');
  paper.addEventListener('change', () => onChange(paper.matches), { signal });
  window.addEventListener('beforeprint', () => onChange(true), { signal });
  window.addEventListener('afterprint', () => onChange(false), { signal });
}
