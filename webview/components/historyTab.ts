import { html, type TemplateResult } from 'lit';
import { changeWords } from '../../src/shared/comparing/changeWords';
import type { MetricChange } from '../../src/shared/comparing/compareRecords';
import type { Unlike } from '../../src/shared/comparing/unlike';
import { metricNamed } from '../../src/shared/metrics';
import type { ComparisonRecord } from '../../src/shared/record';
import { type ComparedWith, type RecordHistory, trendsOf } from '../../src/shared/trend';
import { effectSize } from '../../src/shared/words/effectWords';
import type { Act } from '../panelState';
import type { HostTab } from '../reportPage';
import { dataTable } from './dataTable';
import { emptyNote, type Part } from './part';
import { dateText, trendChart } from './trendChart';

/** What has changed since the pinned run (or the one before), and the headline effects over all runs of this target and scenario. */
export function historyTab(record: ComparisonRecord, history: RecordHistory | null, act: Act): HostTab {
  return {
    id: 'history',
    title: 'History',
    before: 'method',
    parts: () => {
      if (history === null) askOnce(record, act);
      return history === null ? [waiting] : [sincePart(history.comparedWith), trendPart(record, history)];
    },
  };
}

const waiting: Part = {
  id: 'since',
  title: 'History',
  body: html`<p class="muted" role="status">Reading the past runs …</p>`,
};

const asked = new WeakSet<ComparisonRecord>();

function askOnce(record: ComparisonRecord, act: Act): void {
  if (asked.has(record)) return;
  asked.add(record);
  act({ type: 'readHistory' });
}

function sincePart(other: ComparedWith | null): Part {
  if (other === null) {
    return {
      id: 'since',
      title: 'Since the pinned run',
      body: emptyNote(
        'There is no earlier run of this target and scenario. Pin a run in the view Runs to have every later one compared with it.',
      ),
    };
  }
  const { changes, unlike, weakness } = other.comparison;
  const name = other.name ?? dateText(other.createdAt);
  return {
    id: 'since',
    title: other.because === 'pinned' ? `Since the pinned run: ${name}` : `Since the run before: ${name}`,
    lead: html`${weakness} ${other.because === 'before' ? 'Pin a run in the view Runs to compare with that one.' : ''}`,
    body: html`${
      changes.length === 0
        ? emptyNote('They have no headline metric of the same candidate in common.')
        : dataTable({
            label: 'What changed since',
            caption: html`<b>The cost then and now</b>, each against its own baseline`,
            stacks: true,
            columns: [
              {
                label: 'Metric',
                cell: ({ metric, candidate }: MetricChange) =>
                  html`${metricNamed(metric).label}<span class="second">${candidate}</span>`,
              },
              { label: 'Then', cell: ({ first }) => effectSize(first) },
              { label: 'Now', cell: ({ second }) => effectSize(second) },
              { label: 'Change', cell: changeCell },
            ],
            groups: [{ title: null, rows: changes }],
          })
    }
    ${
      unlike.length === 0
        ? html`<p class="muted">Nothing else differs: the same machine, load, versions and commit.</p>`
        : dataTable({
            label: 'What else differs',
            caption: html`<b>What else differs</b>`,
            stacks: true,
            columns: [
              { label: 'What', cell: ({ what }: Unlike) => what },
              { label: 'Then', cell: ({ first }) => first },
              { label: 'Now', cell: ({ second }) => second },
            ],
            groups: [{ title: null, rows: unlike }],
          })
    }`,
  };
}

function changeCell(change: MetricChange): TemplateResult {
  return change.outcome === 'changed'
    ? html`<b>${changeWords(change)}</b>`
    : html`<span class="muted">${changeWords(change)}</span>`;
}

function trendPart(record: ComparisonRecord, { runs }: RecordHistory): Part {
  const trends = trendsOf(runs);
  return {
    id: 'trend',
    title: 'Trend',
    lead: html`The headline effects of every complete run of ${record.plan.target} under ${record.plan.scenario.name},
    each with its interval, in percent of its own baseline. The square is a pinned run, and the band its interval; the
    ring is this run. Runs of other days are weak evidence against each other.`,
    body:
      trends.length === 0
        ? emptyNote('A trend needs two complete runs with intervals.')
        : html`<div class="chart-grid">${trends.map((trend) => trendChart(trend, record.id))}</div>`,
  };
}
