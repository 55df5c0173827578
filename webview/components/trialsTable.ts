import { html, type TemplateResult } from 'lit';
import type { CapacityTrial, Exit, Trial, Verification } from '../../src/shared/record';
import { totalCpuSeconds } from '../../src/shared/totalCpuSeconds';
import { formatCount, formatNumber, formatPercent, formatQuantity } from '../../src/shared/words/formatNumber';
import { forcedWords } from '../../src/shared/words/trialWords';
import type { ComparisonView } from '../model/comparisonView';
import { dataTable, type TableColumn } from './dataTable';
import { emptyNote, type Part } from './part';

type AnyTrial = Trial | CapacityTrial;

/** Every trial in the order it ran: what it did, whether its events arrived, how it ended, what the generator cost. */
export function trialsPart(view: ComparisonView): Part {
  const trials: AnyTrial[] = [...view.record.trials, ...view.record.capacity].sort((a, b) => a.position - b.position);
  return {
    id: 'trials',
    title: 'Trials',
    lead: html`In the order they ran, each in a fresh process. The files with every second and the app's output stand
    beside the record.`,
    body:
      trials.length === 0
        ? emptyNote('No trial was finished.')
        : dataTable({
            label: 'Trials',
            caption: html`<b>${trials.length} trials</b>`,
            columns,
            groups: [{ title: null, rows: trials }],
          }),
  };
}

const columns: readonly TableColumn<AnyTrial>[] = [
  { label: 'Trial', cell: (trial) => trial.position + 1 },
  { label: 'Block', align: 'end', cell: blockCell },
  { label: 'Variant', cell: (trial) => html`${trial.variant}<span class="second">${kindText(trial)}</span>` },
  {
    label: 'Requests',
    align: 'end',
    cell: (trial) =>
      html`${formatCount(trial.requests)}<span class="second"
          >${trial.failures === 0 ? 'none failed' : `${formatCount(trial.failures)} failed`}</span
        >`,
  },
  {
    label: 'Rate',
    align: 'end',
    cell: (trial) => formatQuantity(trial.requests / Math.max(trial.durationSeconds, 1e-9), '1/s'),
  },
  { label: 'CPU per request', align: 'end', cell: cpuText },
  { label: 'Events', cell: (trial) => verificationCell(trial.verification) },
  { label: 'Exit', cell: (trial) => exitText(trial.exit) },
  {
    label: 'Start · stop',
    align: 'end',
    cell: (trial) =>
      html`${formatQuantity(trial.startupMs, 'ms')}<span class="second"
          >${formatQuantity(trial.shutdownMs, 'ms')}</span
        >`,
  },
  {
    label: 'Generator',
    align: 'end',
    cell: (trial) =>
      html`${formatPercent(trial.generator.cpuSeconds / Math.max(trial.durationSeconds, 1e-9))}<span class="second"
          >of a core</span
        >`,
  },
  {
    label: 'Other load',
    align: 'end',
    cell: (trial) =>
      html`${formatNumber(trial.machine.foreignCpuCores + trial.machine.stealCores)}
      cores${trial.disturbed === true ? html`<span class="second">disturbed</span>` : ''}`,
  },
];

function blockCell(trial: AnyTrial): TemplateResult {
  return html`${trial.block + 1}${trial.attempt === undefined ? '' : html`<span class="second">again</span>`}`;
}

function kindText(trial: AnyTrial): string {
  if (!('connections' in trial)) return 'scenario';
  const limit = { target: '', generator: ', limited by the generator', unclear: ', limit unclear' }[trial.bottleneck];
  return `capacity, ${trial.connections} connections${limit}`;
}

function cpuText(trial: AnyTrial): string {
  const seconds = totalCpuSeconds(trial);
  return seconds === null || trial.requests === 0 ? '–' : formatQuantity((seconds * 1000) / trial.requests, 'ms');
}

function verificationCell(verification: Verification): TemplateResult {
  const { ok, expected, received, refused } = verification;
  if (ok === null) return html`<span class="muted">not seen</span>`;
  if (ok && expected === 0 && received === 0)
    return html`<span class="tone-better" aria-hidden="true">✓</span> none, as
      ${verification.reason === undefined ? 'expected' : html`its sample rate has it`}`;
  const counts =
    expected === null ? `${formatCount(received)} arrived` : `${formatCount(received)} of ${formatCount(expected)}`;
  if (ok && refused !== undefined) return html`<span class="nowrap">${counts}</span> in an outage`;
  if (ok) return html`<span class="tone-better" aria-hidden="true">✓</span> <span class="nowrap">${counts}</span>`;
  return html`<span class="tone-worse"><span aria-hidden="true">✗</span> failed</span>, ${counts}<span class="second"
      >${verification.reason ?? ''}</span
    >`;
}

function exitText(exit: Exit): string {
  const how = exit.signal ?? `status ${exit.code ?? 'unknown'}`;
  return exit.forced ? `${how}, ${forcedWords(exit)}` : how;
}
