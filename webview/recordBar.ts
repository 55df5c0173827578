import { html, nothing, type TemplateResult } from 'lit';
import { allTrials } from '../src/shared/allTrials';
import type { ComparisonRecord } from '../src/shared/record';
import { formatCount } from '../src/shared/words/formatNumber';
import { actionButton } from './components/actionButton';
import type { Act, RecordMessage } from './panelState';

/** What can be done with a record, above its page; of a run that ended early, what was kept. */
export function recordBar({ record, actions }: RecordMessage, act: Act): TemplateResult {
  const isPartial = record.status === 'partial';
  const whyNot = actions.canRunAgain ? null : (actions.whyNot ?? 'It cannot be run again now.');
  const runAgain = actionButton({
    label: 'Run again',
    isPrimary: isPartial,
    whyNot,
    onPress: () => act({ type: 'runAgain' }),
  });
  return html`<div class="action-bar" role="group" aria-label="This record">
      ${isPartial ? nothing : runAgain}
      ${actionButton({ label: 'Export report', onPress: () => act({ type: 'exportReport' }) })}
      ${actionButton({ label: 'Copy Markdown', onPress: () => act({ type: 'copyMarkdown' }) })}
      ${actionButton({ label: 'Copy command line', onPress: () => act({ type: 'copyCli' }) })}
      ${isPartial || whyNot === null ? nothing : html`<span class="why-not">${whyNot}</span>`}
    </div>
    ${
      isPartial
        ? html`<div class="content">
            <div class="notice">
              <p><b>This run ended before its plan did.</b> ${keptText(record)}</p>
              <p class="notice-actions">
                ${runAgain} ${whyNot === null ? nothing : html`<span class="why-not">${whyNot}</span>`}
              </p>
            </div>
          </div>`
        : nothing
    }`;
}

function keptText(record: ComparisonRecord): string {
  const { plan } = record;
  const done = allTrials(record);
  const whole = plan.order.filter((block, index) =>
    block.every((planned) =>
      done.some((trial) => trial.block === index && trial.variant === planned.variant && trial.kind === planned.kind),
    ),
  );
  const trialsPlanned = plan.order.flat().length;
  const first = done.filter((trial) => trial.attempt === undefined).length;
  const again = done.length - first;
  const repeated = again === 0 ? '' : `, and ${formatCount(again)} of repeated blocks`;
  return `Kept: ${formatCount(first)} of ${formatCount(trialsPlanned)} trials${repeated}, ${formatCount(whole.length)} of ${formatCount(plan.blocks)} blocks whole.`;
}
