import { html, nothing, type TemplateResult } from 'lit';
import type { LiveRun } from '../../src/shared/liveRun';
import { actionButton } from '../components/actionButton';
import type { Act } from '../panelState';
import { errorNotice } from './problemView';

/** The end of a run that left no record to open by itself: why, and what can be done now. */
export function endedPart({ error, results }: LiveRun, act: Act): TemplateResult {
  const isSaid = error !== null || results.some((result) => result.error !== null || result.recordPath !== null);
  return html`<section class="live-part" aria-label="How it ended">
    ${error === null ? nothing : errorNotice(error)}
    ${isSaid ? nothing : html`<p class="empty">Stopped before the first trial was finished: there is nothing to keep.</p>`}
    <p class="notice-actions">
      ${actionButton({ label: 'Run again', isPrimary: true, onPress: () => act({ type: 'runAgain' }) })}
      ${actionButton({ label: 'Show log', onPress: () => act({ type: 'showLog' }) })}
    </p>
  </section>`;
}
