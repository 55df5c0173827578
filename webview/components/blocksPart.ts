import { html } from 'lit';
import { createLatencyReader } from '../../src/shared/effects/latencyReader';
import { isMetricName, metricNamed } from '../../src/shared/metrics';
import { blockValues } from '../../src/shared/charts/blockValues';
import type { ComparisonView } from '../model/comparisonView';
import { blockDots } from './blockDots';
import { emptyNote, type Part } from './part';
import { variantLegend } from './variantLegend';

/** The headline metrics block by block: the raw material of every interval. */
export function blocksPart(view: ComparisonView): Part {
  const latency = createLatencyReader();
  const charts = view.record.headline
    .filter(isMetricName)
    .map((name) => ({
      metric: metricNamed(name),
      blocks: blockValues(view.record, view.variants, metricNamed(name), latency),
    }))
    .filter(({ blocks }) => blocks.some((block) => block.values.some((value) => value !== null)));
  return {
    id: 'blocks',
    title: 'Blocks',
    lead: html`Each block measures every variant once, back to back. The line between the dots of a block is one
    observation of the effect; when all dots move together, it was the machine. The axes do not start at 0.`,
    body:
      charts.length === 0
        ? emptyNote('No block was finished.')
        : html`${variantLegend(view.variants)}
            <div class="chart-grid is-small">
              ${charts.map(({ metric, blocks }) => blockDots(view, metric, blocks))}
            </div>`,
  };
}
