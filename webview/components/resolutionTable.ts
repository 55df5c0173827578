import { html, nothing, type TemplateResult } from 'lit';
import { metricNamed } from '../../src/shared/metrics';
import type { ComparisonRecord } from '../../src/shared/record';
import { formatSpan } from '../../src/shared/words/formatNumber';
import {
  falseClaimsText,
  resolutionAssumption,
  resolutionMetrics,
  type ResolutionRow,
  resolutionRows,
  runsText,
} from '../../src/shared/words/noiseWords';
import type { ComparisonView } from '../model/comparisonView';
import { dataTable } from './dataTable';
import type { Part } from './part';

/** The answer of *Check my machine*; null for other records, which have the table below *How measured*. */
export function resolutionPart({ record }: ComparisonView): Part | null {
  const { noise, plan } = record;
  if (noise === undefined || plan.purpose !== 'aa') return null;
  return {
    id: 'resolution',
    title: 'What this machine can resolve',
    lead: html`A smaller change than these would likely stay inconclusive. Longer runs see smaller ones. From
    ${runsText(noise)}; false claims: ${falseClaimsText(noise)}.`,
    body: resolutionTable(record),
  };
}

/** Half of the headline interval that each built-in scenario will have here; nothing without a noise floor. */
export function resolutionTable(record: ComparisonRecord): TemplateResult | typeof nothing {
  const { noise } = record;
  if (noise === undefined) return nothing;
  return dataTable<ResolutionRow>({
    label: 'What this machine can resolve',
    caption: html`<b>Resolvable in the time of each scenario</b>. ${resolutionAssumption(noise)}.`,
    stacks: true,
    columns: [
      {
        label: 'Scenario',
        cell: ({ scenario, isMeasured }) =>
          html`${scenario}${isMeasured ? html` <span class="muted">measured</span>` : nothing}`,
      },
      { label: 'Blocks', align: 'end', cell: ({ blocks, trialSeconds }) => `${blocks} × ${trialSeconds} s` },
      { label: 'Run of two variants', align: 'end', cell: ({ seconds }) => `about ${formatSpan(seconds)}` },
      ...resolutionMetrics(record).map((metric, index) => ({
        label: metricNamed(metric).label,
        align: 'end' as const,
        cell: ({ cells }: ResolutionRow) => cells[index] ?? '–',
      })),
    ],
    groups: [{ title: null, rows: resolutionRows(record) }],
  });
}
