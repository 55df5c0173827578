import { html, type TemplateResult } from 'lit';
import type { CostSplit } from '../../src/shared/effects/costSplit';
import { createLatencyReader, type LatencyReader } from '../../src/shared/effects/latencyReader';
import { bytesPerMegabyte } from '../../src/shared/effects/trialValue';
import type { ComparisonRecord } from '../../src/shared/record';
import { costAtRateWords, splitOfRecord } from '../../src/shared/words/costAtRateWords';
import { formatCount, formatNumber } from '../../src/shared/words/formatNumber';
import { outageOf } from '../../src/shared/words/leadEffects';
import type { ComparisonView } from '../model/comparisonView';
import { bytesText } from '../model/effectText';
import { type EventTotals, eventTotals } from '../model/eventTotals';
import { dataTable } from './dataTable';
import { emptyNote, type Part } from './part';

const secondsPerDay = 86_400;

/** What a reader types here. */
export interface EventInputs {
  readonly ratePerSecond: number;
  /** Of the plan that the reader pays for; null: not typed. */
  readonly quotaMbPerDay: number | null;
}

/** What a day at a rate that the reader types would send, and of a quota: what is asked for most. Then what arrived at the collector. */
export function eventsPart(
  view: ComparisonView,
  inputs: EventInputs,
  onInput: (change: Partial<EventInputs>) => void,
): Part {
  const totals = view.variants
    .map((variant) => eventTotals(view.record, variant.name))
    .filter((entry) => entry.requestsSent > 0);
  // What arrives in an outage says nothing of a day.
  const healthy = totals.filter(({ variant }) => outageOf(view.record, variant) === undefined);
  return {
    id: 'events',
    title: 'Events',
    lead: html`Instrumented events that arrived at the collector, per request sent (warm-up included: the collector sees
    the whole trial). Notices and the app's own events do not depend on Insights and are counted apart.`,
    body:
      totals.length === 0
        ? emptyNote('No trial of the scenario was finished, so nothing was counted.')
        : html`${perDay(healthy, inputs, onInput)} ${cpuAtRate(view, inputs.ratePerSecond)} ${totalsTable(totals)}
          ${typesTable(totals)}`,
  };
}

function totalsTable(totals: readonly EventTotals[]): TemplateResult {
  const per = (value: number, entry: EventTotals): number => value / entry.requestsSent;
  return dataTable({
    label: 'Events per request',
    caption: html`<b>What arrived</b>`,
    stacks: true,
    columns: [
      { label: 'Variant', cell: (entry: EventTotals) => entry.variant },
      { label: 'Events per request', align: 'end', cell: (entry) => formatNumber(per(entry.instrumented, entry)) },
      { label: 'Bytes per request', align: 'end', cell: (entry) => bytesText(per(entry.bytes, entry)) },
      { label: 'Batches', align: 'end', cell: (entry) => formatCount(entry.batches) },
      { label: 'Largest batch', align: 'end', cell: (entry) => bytesText(entry.largestBatchBytes) },
      { label: 'Missing', align: 'end', cell: (entry) => formatCount(entry.missing) },
      { label: 'Dropped', align: 'end', cell: (entry) => formatCount(entry.dropped) },
      { label: 'Twice', align: 'end', cell: (entry) => formatCount(entry.duplicates) },
      { label: 'Late', align: 'end', cell: (entry) => formatCount(entry.late) },
      {
        label: 'Notices',
        align: 'end',
        cell: (entry) => html`${formatCount(entry.notices)}<span class="second">${bytesText(entry.noticeBytes)}</span>`,
      },
    ],
    groups: [{ title: null, rows: totals }],
  });
}

function perDay(
  totals: readonly EventTotals[],
  { ratePerSecond, quotaMbPerDay }: EventInputs,
  onInput: (change: Partial<EventInputs>) => void,
): TemplateResult {
  const typed = (event: Event): number =>
    event.target instanceof HTMLInputElement ? event.target.valueAsNumber : Number.NaN;
  const changeRate = (event: Event): void => {
    const rate = typed(event);
    if (Number.isFinite(rate) && rate >= 0) onInput({ ratePerSecond: rate });
  };
  const changeQuota = (event: Event): void => {
    const quota = typed(event);
    onInput({ quotaMbPerDay: Number.isFinite(quota) && quota > 0 ? quota : null });
  };
  return html`<div class="card">
    <div class="controls">
      <label
        >At
        <input
          type="number"
          min="0"
          step="any"
          inputmode="decimal"
          .value=${String(ratePerSecond)}
          @input=${changeRate}
        />
        requests per second, around the clock</label
      >
      <label
        >of a quota of
        <input type="number" min="0" step="any" inputmode="decimal" placeholder="none" @input=${changeQuota} />
        MB a day</label
      >
    </div>
    <div role="status">
      <ul class="legend per-day">
        ${totals.map((entry) => {
          const requestsPerDay = ratePerSecond * secondsPerDay;
          const events = (entry.instrumented / entry.requestsSent) * requestsPerDay;
          const bytesPerRequest = entry.bytes / entry.requestsSent;
          return html`<li>
            <span
              >${entry.variant}: <b class="number">${formatNumber(events)}</b> events and
              <b class="number">${bytesText(bytesPerRequest * requestsPerDay)}</b> a
              day${quotaText(bytesPerRequest, ratePerSecond, quotaMbPerDay)}</span
            >
          </li>`;
        })}
      </ul>
    </div>
  </div>`;
}

/** `, 31 % of the quota, which lasts up to 3.2 requests per second`. */
function quotaText(bytesPerRequest: number, ratePerSecond: number, quotaMbPerDay: number | null): string {
  if (quotaMbPerDay === null || bytesPerRequest === 0) return '';
  const quotaBytes = quotaMbPerDay * bytesPerMegabyte;
  const share = (bytesPerRequest * ratePerSecond * secondsPerDay) / quotaBytes;
  const lasting = quotaBytes / secondsPerDay / bytesPerRequest;
  return `, ${formatNumber(share * 100)} % of the quota, which lasts up to ${formatNumber(lasting)} requests per second`;
}

/** Kept for as long as the record is: its histograms are not decoded again for each digit of a rate. */
const readers = new WeakMap<ComparisonRecord, LatencyReader>();

function splitOf(record: ComparisonRecord, candidate: string): CostSplit {
  const latency = readers.get(record) ?? createLatencyReader();
  readers.set(record, latency);
  return splitOfRecord(record, candidate, latency);
}

/** What the reader's rate costs in CPU, from marginal and standing cost; or why that cannot be said. */
function cpuAtRate({ record, variants }: ComparisonView, ratePerSecond: number): TemplateResult {
  return html`<div class="card">
    <h3>CPU at that rate</h3>
    <ul class="legend per-day">
      ${variants.slice(1).map(({ name }) => {
        const split = splitOf(record, name);
        return 'reason' in split
          ? html`<li class="muted">${name}: not predicted, ${split.reason}</li>`
          : html`<li>
              <span>${name}: <b class="number">${costAtRateWords(split.blocks, ratePerSecond)}</b>, predicted</span>
            </li>`;
      })}
    </ul>
  </div>`;
}

function typesTable(totals: readonly EventTotals[]): TemplateResult {
  const rows = totals.flatMap((entry) => entry.types.map((type) => ({ entry, ...type })));
  if (rows.length === 0) return emptyNote('No event of any kind arrived from any variant.');
  return dataTable({
    label: 'Events by type',
    caption: html`<b>By type</b>, all scenario trials together`,
    columns: [
      { label: 'Variant', cell: (row: (typeof rows)[number]) => row.entry.variant },
      {
        label: 'Type',
        cell: (row) =>
          html`<span class="code">${row.type}</span
            >${row.isInstrumented ? '' : html` <span class="muted">the app's own</span>`}`,
      },
      { label: 'Events', align: 'end', cell: (row) => formatCount(row.count) },
      { label: 'Per request', align: 'end', cell: (row) => formatNumber(row.count / row.entry.requestsSent) },
    ],
    groups: [{ title: null, rows }],
  });
}
