import { html, render } from 'lit';
import { blocksPart } from './components/blocksPart';
import { type Distribution, distributionOf, distributionPart } from './components/distribution';
import { effectsPart } from './components/effectsTable';
import { endpointsPart } from './components/endpointsTable';
import { errorsPart } from './components/errorsTable';
import { eventsPart } from './components/eventsSection';
import { headlineStrip } from './components/headlineStrip';
import { methodPart } from './components/howMeasured';
import { pageHeader } from './components/pageHeader';
import { type Part, partNavigation, renderPart } from './components/part';
import { resolutionPart } from './components/resolutionTable';
import { resourcesPart } from './components/resources';
import { timePart } from './components/timeCharts';
import { trialsPart } from './components/trialsTable';
import { verdictBanner } from './components/verdictBanner';
import { warningsPart } from './components/warnings';
import type { ComparisonView } from './model/comparisonView';
import { meanRate } from './model/eventTotals';

/** What a reader can change. */
interface PageState {
  readonly endpoint: string | null;
  readonly ratePerSecond: number;
}

/**
 * Draws the page into `root` and keeps it in step with what the reader changes: state → parts → one render.
 * `footnote` says where the page lives.
 */
export function mountReportPage(root: HTMLElement, view: ComparisonView, footnote: string): void {
  const fixed = fixedParts(view);
  const distributions = new Map<string | null, Distribution>();
  let state: PageState = { endpoint: null, ratePerSecond: Number(meanRate(view.record).toPrecision(2)) };

  const distributionNow = (): Distribution => {
    const known = distributions.get(state.endpoint) ?? distributionOf(view, state.endpoint);
    distributions.set(state.endpoint, known);
    return known;
  };
  const update = (change: Partial<PageState>): void => {
    state = { ...state, ...change };
    draw();
  };
  const draw = (): void => {
    const parts = [
      ...fixed.before,
      distributionPart(view, distributionNow(), (endpoint) => update({ endpoint })),
      ...fixed.middle,
      eventsPart(view, state.ratePerSecond, (ratePerSecond) => update({ ratePerSecond })),
      ...fixed.after,
    ];
    render(page(view, parts, footnote), root);
  };
  draw();
}

/** Parts that no state reaches: made once, so that their charts are drawn once. */
function fixedParts(view: ComparisonView): {
  readonly before: Part[];
  readonly middle: Part[];
  readonly after: Part[];
} {
  const warnings = warningsPart(view);
  const resolution = resolutionPart(view);
  return {
    before: [
      ...(warnings === null ? [] : [warnings]),
      ...(resolution === null ? [] : [resolution]),
      effectsPart(view),
      blocksPart(view),
      timePart(view),
      endpointsPart(view),
    ],
    middle: [resourcesPart(view)],
    after: [errorsPart(view), trialsPart(view), methodPart(view)],
  };
}

function page(view: ComparisonView, parts: readonly Part[], footnote: string): unknown {
  return html`${pageHeader(view)}
    <main>
      <div class="content">${verdictBanner(view)} ${headlineStrip(view)}</div>
      ${partNavigation(parts)}
      <div class="content">${parts.map(renderPart)}</div>
    </main>
    <footer class="page-footer">
      Insights comparison ${view.record.tool.version} · record ${view.record.id} · ${footnote}
    </footer>`;
}
