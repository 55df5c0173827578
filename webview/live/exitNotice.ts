import { html, nothing, type TemplateResult } from 'lit';
import type { LiveRun } from '../../src/shared/liveRun';
import { actionButton } from '../components/actionButton';
import type { Act } from '../panelState';
import { leftText } from './liveWords';

/** While the run is being stopped: what is waited for, for how long, and the way not to wait. */
export function exitNotice({ exitWait }: LiveRun, act: Act): TemplateResult {
  return html`<div class="notice is-stopping">
    <div>
      <p><b>Stopping.</b> Finished trials are kept; the one that is on is dropped.</p>
      ${exitWait === null ? html`<p class="muted">Ending the trial and its processes …</p>` : exitWaitText(exitWait)}
    </div>
    ${actionButton({
      label: 'Stop now',
      title: 'Does not wait for the app: it is killed, and events that it still holds are lost',
      onPress: () => act({ type: 'force' }),
    })}
  </div>`;
}

/** The wait for the app's exit as a countdown; it may still be delivering its events. */
export function exitWaitText({
  process,
  elapsedSeconds,
  limitSeconds,
}: NonNullable<LiveRun['exitWait']>): TemplateResult {
  return html`<p class="exit-wait">
    Waiting for <b>${process}</b> to exit: it may still be delivering its events.
    <span class="number">${leftText(limitSeconds - elapsedSeconds)} at most</span>
  </p>`;
}

/** From this long on a wait is told of although nobody asked for an end: most apps exit at once. */
const patienceSeconds = 3;

/** The same wait after an ordinary trial: said once it takes long. */
export function ordinaryExitWait({ exitWait }: LiveRun): TemplateResult | typeof nothing {
  if (exitWait === null || exitWait.elapsedSeconds < patienceSeconds) return nothing;
  return html`<div class="notice">${exitWaitText(exitWait)}</div>`;
}
