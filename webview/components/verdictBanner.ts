import { html, nothing, type TemplateResult } from 'lit';
import { budgetWords } from '../../src/shared/words/budgetWords';
import type { ComparisonView } from '../model/comparisonView';

/** The verdict in words, large, and what else must be known before it is quoted. */
export function verdictBanner({ record }: ComparisonView): TemplateResult {
  const { length: warnings } = record.warnings;
  return html`<div class=${`verdict is-${record.status}`}>
    <p class="sentence">${unbroken(ended(record.sentence))}</p>
    ${
      record.outcomeReason && !record.sentence.includes(record.outcomeReason)
        ? html`<p class="reason">${ended(record.outcomeReason)}</p>`
        : nothing
    }
    ${
      warnings === 0
        ? nothing
        : html`<p class="warning-note">
            <a href="#warnings">${warnings === 1 ? 'One warning' : `${warnings} warnings`}</a> to read with it.
          </p>`
    }
    ${record.budgets.length === 0 ? nothing : budgetList(record)}
  </div>`;
}

function budgetList(record: ComparisonView['record']): TemplateResult {
  const tones = { pass: 'better', fail: 'worse', inconclusive: 'unclear' } as const;
  return html`<ul class="facts budgets" aria-label="Budgets">
    ${record.budgets.map(
      (budget) =>
        html`<li>
          Budget <span class="code">${budget.metric} ${budget.limit}</span>
          <span class=${`word tone-${tones[budget.result]}`}>${budgetWords(record, budget)}</span>
        </li>`,
    )}
  </ul>`;
}

/** Numbers stay on one line with their units and signs. */
function unbroken(sentence: string): string {
  return sentence.replace(/(\d) (?=(?:%|ms|MB|req\/s|points|CI)(?!\w))/g, '$1\u00a0').replace(/% CI/g, '%\u00a0CI');
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
