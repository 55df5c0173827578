import { html, type TemplateResult } from 'lit';
import type { Warning } from '../../src/shared/record';
import type { ComparisonView } from '../model/comparisonView';
import type { Part } from './part';

/** Causes, each with one thing to do about it; null when there is nothing to warn of. */
export function warningsPart({ record }: ComparisonView): Part | null {
  if (record.warnings.length === 0) return null;
  return { id: 'warnings', title: 'Warnings', body: warningList(record.warnings) };
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
