import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { warningList } from '../components/warnings';
import type { VariantView } from '../model/comparisonView';
import { shownKind } from '../model/liveMeasures';
import type { Act, LiveState } from '../panelState';
import { variantStyles } from '../theme';
import { blockStrip } from './blockStrip';
import { checksPart } from './checksPart';
import { endedPart } from './endedPart';
import { estimatesPart } from './estimatesPart';
import { exitNotice, ordinaryExitWait } from './exitNotice';
import { figureStrip } from './figureStrip';
import type { LiveCharts } from './liveCharts';
import { logPart } from './logPart';
import { runBar } from './runBar';
import { targetResults } from './targetResults';

export interface LiveViewOptions {
  /** The page's monotonic clock. */
  readonly nowMs: number;
  readonly charts: LiveCharts;
  readonly act: Act;
}

/** A run while it is on, from what matters most to what helps when something is wrong. */
export function liveView(state: LiveState, options: LiveViewOptions): TemplateResult {
  const { run, isStopAsked, isLogOpen } = state;
  const { act, nowMs, charts } = options;
  const moment = { sinceProgressSeconds: Math.max(0, nowMs - state.progressSeenAtMs) / 1000 };
  const isEnded = run.state === 'ended';
  const isStopping = !isEnded && (isStopAsked || run.state === 'stopping');
  return html`${runBar(run, { moment, isStopAsked, act })}
    <main class="content live">
      ${isStopping ? exitNotice(run, act) : ordinaryExitWait(run)} ${isEnded ? endedPart(run, act) : nothing}
      ${targetResults(run, act)} ${checksPart(run)}
      ${isEnded ? nothing : [estimatesPart(run), measuredPart(state, charts, act)]}
      ${
        run.warnings.length === 0
          ? nothing
          : html`<section class="live-part" aria-labelledby="warnings-title">
              <h2 id="warnings-title">Warnings</h2>
              ${warningList(run.warnings)}
            </section>`
      }
      ${logPart(run, isLogOpen, act)}
    </main>`;
}

/** Strip, figures and charts: from the first trial on. */
function measuredPart({ run, isFrozen }: LiveState, charts: LiveCharts, act: Act): TemplateResult | typeof nothing {
  if (run.comparison === null || (run.trial === null && run.finishedTrials.length === 0)) return nothing;
  const variants = run.comparison.variants.map((name, index): VariantView => ({ name, index: index % variantStyles }));
  return html`${guard([run.comparison, run.finishedTrials, run.trial], () => blockStrip(run, variants))}
    ${figureStrip(run, variants)}
    <section class="live-part" aria-labelledby="charts-title">
      <div class="live-part-head">
        <h2 id="charts-title">${shownKind(run) === 'capacity' ? 'Capacity' : 'Scenario'}, second by second</h2>
        <button
          type="button"
          class="text-button"
          aria-pressed=${isFrozen ? 'true' : 'false'}
          @click=${() => act({ type: 'toggleFreeze' })}
        >
          Freeze charts
        </button>
        ${isFrozen ? html`<span class="muted small" role="status">Frozen: the run and its figures go on.</span>` : nothing}
      </div>
      <p class="muted small">${kindNote(run)}</p>
      ${charts(run, variants, isFrozen)}
    </section>`;
}

function kindNote(run: LiveState['run']): string {
  const lines =
    "Over the seconds since a trial's load began. Bold: the newest trial of each variant; faint: those before it; shaded: warm-up, which is not measured.";
  const capacity = run.comparison?.plan.capacity ?? null;
  if (shownKind(run) === 'scenario' || capacity === null) return lines;
  return `As many requests as the app can serve, over ${capacity.connections} connections: rates are far above the scenario's. ${lines}`;
}
