import { html, nothing, type TemplateResult } from 'lit';
import type { Warning } from '../../src/shared/record';
import type { ComparisonView } from '../model/comparisonView';

/** Causes, a line each, that open to what can be done about them; on paper all are open. Nothing where there is nothing to warn of. */
export function warningsSection({ record }: ComparisonView, isUnfolded: boolean): TemplateResult | typeof nothing {
  if (record.warnings.length === 0) return nothing;
  return html`<section id="warnings" class="warnings" aria-label="Warnings">
    ${record.warnings.map(
      ({ code, message, advice }) =>
        html`<details data-code=${code} ?open=${isUnfolded}>
          <summary>${message}</summary>
          <p class="advice">${advice}</p>
        </details>`,
    )}
  </section>`;
}

/** Cause and advice of each. */
export function warningList(warnings: readonly Warning[]): TemplateResult {
  return html`<ul class="warning-list">
    ${warnings.map(
      ({ code, message, advice }) =>
        html`<li data-code=${code}>
          <p><b>${message}</b></p>
          <p class="advice">${advice}</p>
        </li>`,
    )}
  </ul>`;
}
