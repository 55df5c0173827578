import { html, render } from 'lit';
import { assertNever } from '../src/shared/assertNever';
import { connectToHost } from './hostConnection';
import { liveView } from './live/liveView';
import { createLiveCharts } from './live/liveCharts';
import { problemView } from './live/problemView';
import { advancePanel, type PanelAction, type PanelState } from './panelState';
import { recordPlace } from './recordPlace';

/** A little over the second in which events come: as long as they do, they alone are drawn. */
const tickMs = 1100;

/**
 * The panel beside the code, and the editor of a record: messages of the host → state → one animation frame. Nothing is
 * drawn while the page is hidden; while a run is on, the time left moves each second, events or not.
 */
export function mountPanelPage(root: HTMLElement): void {
  let state: PanelState = { type: 'waiting' };
  let frame: number | null = null;
  let tick: number | undefined;
  const charts = createLiveCharts();
  const showRecord = recordPlace(root, {
    kept: () => host.kept(),
    keep: (kept) => host.keep(kept),
  });

  const change = (next: PanelState): void => {
    state = next;
    schedule();
  };
  const schedule = (): void => {
    if (document.hidden) return;
    frame ??= requestAnimationFrame(draw);
  };
  const draw = (): void => {
    frame = null;
    clearTimeout(tick);
    drawState();
    if (state.type === 'live' && state.run.state !== 'ended') tick = window.setTimeout(schedule, tickMs);
  };
  const drawState = (): void => {
    switch (state.type) {
      case 'waiting':
        render(html`<p class="page-wait">Waiting for the run …</p>`, root);
        return;
      case 'live':
        render(liveView(state, { nowMs: performance.now(), charts, act }), root);
        return;
      case 'record':
        showRecord(state, act);
        return;
      case 'problem':
        render(problemView(state, act), root);
        return;
      default:
        assertNever(state);
    }
  };
  const act = (action: PanelAction): void => {
    if (action.type === 'toggleLog') {
      if (state.type === 'live') change({ ...state, isLogOpen: action.isOpen });
      return;
    }
    if (action.type === 'toggleFreeze') {
      if (state.type === 'live') change({ ...state, isFrozen: !state.isFrozen });
      return;
    }
    host.post(action);
    if (action.type === 'stop' && state.type === 'live') change({ ...state, isStopAsked: true });
  };
  const host = connectToHost((message) => {
    change(advancePanel(state, message, performance.now()));
    if (message.type === 'live') host.keep({ recordPath: null });
  });
  document.addEventListener('visibilitychange', schedule);
  schedule();
  host.post({ type: 'ready' });
}
