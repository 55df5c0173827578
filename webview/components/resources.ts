import { html } from 'lit';
import { countedTrials } from '../../src/shared/effects/blockAttempts';
import type { Metric } from '../../src/shared/metrics';
import { formatPercent, formatQuantity } from '../../src/shared/words/formatNumber';
import type { ComparisonView } from '../model/comparisonView';
import { bytesText } from '../model/effectText';
import { type UsageRow, usageRows } from '../model/usageRows';
import { dataTable, type TableColumn } from './dataTable';
import { emptyNote, type Part } from './part';

/** What the app and its companions used inside the measured windows. */
export function resourcesPart(view: ComparisonView): Part {
  const counted = countedTrials(view.record).trials;
  const byVariant = view.variants.map((variant) => usageRows(counted, variant.name));
  const processes = [...new Set(byVariant.flat().map((row) => row.process))];
  return {
    id: 'resources',
    title: 'Resources',
    lead: html`Means over the trials of the scenario, measured window alone. A companion's CPU is divided by the app's
    requests: what it costs to serve them is the question.`,
    body:
      processes.length === 0
        ? emptyNote(
            counted.length === 0
              ? 'No trial of the scenario was finished.'
              : 'The app is not ours to run: what its processes used could not be read.',
          )
        : dataTable({
            label: 'Resources',
            caption: html`<b>CPU, memory, threads, descriptors</b> of each process tree; memory in MB (1,000,000 bytes)`,
            stacks: true,
            columns,
            groups: processes.map((process) => ({
              title: processTitle(process, view.record.plan.target),
              rows: byVariant.flat().filter((row) => row.process === process),
            })),
          }),
  };
}

const columns: readonly TableColumn<UsageRow>[] = [
  { label: 'Variant', cell: (row) => row.variant },
  { label: 'CPU per request', align: 'end', cell: (row) => optional(row.cpuMsPerRequest, 'ms') },
  { label: 'CPU in use', align: 'end', cell: (row) => optional(row.cpuCores, 'cores') },
  {
    label: 'of it in the kernel',
    align: 'end',
    cell: (row) => (row.systemShare === null ? '–' : formatPercent(row.systemShare)),
  },
  { label: 'RSS mean', align: 'end', cell: (row) => optional(row.rssMeanMb, 'MB') },
  { label: 'RSS peak', align: 'end', cell: (row) => optional(row.rssPeakMb, 'MB') },
  { label: 'PSS', align: 'end', cell: (row) => optional(row.pssMb, 'MB') },
  { label: 'Threads', align: 'end', cell: (row) => optional(row.threads, 'count') },
  { label: 'Descriptors', align: 'end', cell: (row) => optional(row.fds, 'count') },
  { label: 'Switches per request', align: 'end', cell: (row) => optional(row.contextSwitchesPerRequest, 'count') },
  {
    label: 'Written per request',
    align: 'end',
    cell: (row) => (row.diskWriteBytesPerRequest === null ? '–' : bytesText(row.diskWriteBytesPerRequest)),
  },
];

function processTitle(process: string, target: string): string {
  if (process === 'app') return `${target} (the app's process tree)`;
  return process === 'in all' ? 'App and companions together' : `${process} (companion)`;
}

function optional(value: number | null, unit: Metric['unit']): string {
  return value === null ? '–' : formatQuantity(value, unit);
}
