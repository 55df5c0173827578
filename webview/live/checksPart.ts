import { html, nothing, type TemplateResult } from 'lit';
import type { LiveRun } from '../../src/shared/liveRun';

type Check = LiveRun['preflight'][number];

const marks: Readonly<Record<Check['state'], { readonly sign: string; readonly word: string }>> = {
  running: { sign: '…', word: 'running' },
  ok: { sign: '✓', word: 'passed' },
  failed: { sign: '✗', word: 'failed' },
};

/** The checks before the first trial, all of them while they run; those that failed stay. Warnings have a list of their own. */
export function checksPart({ preflight, trial, finishedTrials }: LiveRun): TemplateResult | typeof nothing {
  const isChecking = trial === null && finishedTrials.length === 0;
  const shown = isChecking ? preflight : preflight.filter(({ state }) => state === 'failed');
  if (shown.length === 0) return nothing;
  return html`<section class="live-part" aria-labelledby="checks-title">
    <h2 id="checks-title">Checks</h2>
    <ul class="checks">
      ${shown.map(
        ({ state, message }) =>
          html`<li class=${`is-${state}`}>
            <span class="mark" aria-hidden="true">${marks[state].sign}</span>
            <span><span class="visually-hidden">${marks[state].word}: </span>${message}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}
