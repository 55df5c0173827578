import { html, nothing, type TemplateResult } from 'lit';
import type { LiveRun, TargetResult } from '../../src/shared/liveRun';
import { actionButton } from '../components/actionButton';
import type { Act } from '../panelState';
import { errorNotice } from './problemView';

const outcomeWords: Readonly<Record<TargetResult['outcome'], string>> = {
  complete: 'Complete',
  partial: 'Ended early; what was finished is kept',
  invalid: 'Invalid',
  failed: 'Failed',
};

/** The targets whose plan has ended, each with its sentence and the way to its record. */
export function targetResults({ results, targets }: LiveRun, act: Act): TemplateResult | typeof nothing {
  if (results.length === 0) return nothing;
  return html`<section class="live-part" aria-labelledby="results-title">
    <h2 id="results-title">
      ${targets.length > 1 ? `Finished: ${results.length} of ${targets.length} targets` : 'Finished'}
    </h2>
    <ul class="results">
      ${results.map((result, index) => html`<li>${oneResult(result, index, act)}</li>`)}
    </ul>
  </section>`;
}

function oneResult(result: TargetResult, index: number, act: Act): TemplateResult {
  const { target, outcome, recordPath, sentence, error } = result;
  return html`<div class="result">
      <p>
        <b>${target ?? result.id}</b>
        <span class="muted">${outcomeWords[outcome]}</span>
      </p>
      ${sentence === null ? nothing : html`<p>${sentence}</p>`} ${error === null ? nothing : errorNotice(error)}
    </div>
    ${
      recordPath === null
        ? nothing
        : actionButton({ label: 'Open result', onPress: () => act({ type: 'openResult', index }) })
    }`;
}
