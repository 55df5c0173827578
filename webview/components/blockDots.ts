import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Metric } from '../../src/shared/metrics';
import { formatNumber, formatQuantity } from '../../src/shared/words/formatNumber';
import type { BlockValues } from '../../src/shared/charts/blockValues';
import { roundStep } from '../../src/shared/charts/roundStep';
import type { ComparisonView, VariantView } from '../model/comparisonView';
import { unitSuffix } from '../model/effectText';
import { dataTable } from './dataTable';
import { variantDot } from './variantLegend';

const top = 14;
const bottom = 138;
/** The dots stand right of the axis labels. In percent of the width. */
const left = 17;
const right = 97;
/** More block numbers than this would touch. */
const mostLabels = 10;

/** One headline metric in every block: a dot per variant, the dots of a block joined, so that drift and effect can be told apart. */
export function blockDots(view: ComparisonView, metric: Metric, blocks: readonly BlockValues[]): TemplateResult {
  const values = blocks.flatMap((block) => block.values).filter((value) => value !== null);
  const scale = valueScale(values);
  const labelStep = Math.ceil(blocks.length / mostLabels);
  return html`<figure class="chart-card">
    <figcaption><b>${metric.label}</b>${unitSuffix(metric.unit)}</figcaption>
    <svg class="block-dots" role="img" aria-label=${`${metric.label} in each block; the table below has the numbers`}>
      ${scale.ticks.map(
        (tick) => svg`<line class="tick" x1="0" x2="100%" y1=${y(tick, scale)} y2=${y(tick, scale)}></line>
        <text x="0" y=${y(tick, scale) - 3}>${formatNumber(tick)}</text>`,
      )}
      ${blocks.map((block, index) => blockMarks(view.variants, block, { center: blockX(index, blocks.length), blockWidth: (right - left) / blocks.length, isLabelled: index % labelStep === 0 }, metric, scale))}
    </svg>
    <details class="alternative">
      <summary>Numbers</summary>
      ${dataTable({
        label: `${metric.label} in each block`,
        caption: html`${metric.label} in each block`,
        columns: [
          { label: 'Block', cell: (block: BlockValues) => block.block + 1 },
          ...view.variants.map((variant, index) => ({
            label: variant.name,
            align: 'end' as const,
            cell: (block: BlockValues) => {
              const value = block.values[index] ?? null;
              return value === null ? '–' : formatQuantity(value, metric.unit);
            },
          })),
        ],
        groups: [{ title: null, rows: blocks }],
      })}
    </details>
  </figure>`;
}

interface ValueScale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

function blockMarks(
  variants: readonly VariantView[],
  block: BlockValues,
  place: { readonly center: number; readonly blockWidth: number; readonly isLabelled: boolean },
  metric: Metric,
  scale: ValueScale,
): SVGTemplateResult {
  const { center, blockWidth } = place;
  // Half of a block's place at most, however many variants stand in it.
  const spread = Math.min(3, (blockWidth * 0.5) / Math.max(1, variants.length));
  const x = (index: number): string => `${center + (index - (variants.length - 1) / 2) * spread}%`;
  const baseline = block.values[0] ?? null;
  return svg`${variants.map((_, index) => {
    const value = block.values[index] ?? null;
    if (index === 0 || value === null || baseline === null) return nothing;
    return svg`<line class="pair" x1=${x(0)} y1=${y(baseline, scale)} x2=${x(index)} y2=${y(value, scale)}></line>`;
  })}${variants.map((variant, index) => {
    const value = block.values[index] ?? null;
    if (value === null) return nothing;
    return variantDot(
      variant,
      x(index),
      y(value, scale),
      `Block ${block.block + 1}, ${variant.name}: ${formatQuantity(value, metric.unit)}`,
    );
  })}${place.isLabelled ? svg`<text x=${`${center}%`} y="160" text-anchor="middle">${block.block + 1}</text>` : nothing}`;
}

function blockX(index: number, blocks: number): number {
  return left + ((index + 0.5) / blocks) * (right - left);
}

function y(value: number, scale: ValueScale): number {
  return bottom - ((value - scale.low) / (scale.high - scale.low)) * (bottom - top);
}

/** A scale round the values (not from 0: this chart shows differences between dots) with two to five round ticks. */
function valueScale(values: readonly number[]): ValueScale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!Number.isFinite(low)) return { low: 0, high: 1, ticks: [] };
  const span = Math.max(high - low, Math.abs(high) * 0.02, 1e-9);
  const step = roundStep(span, 3);
  const first = Math.floor((low - span * 0.05) / step);
  const last = Math.ceil((high + span * 0.05) / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { low: first * step, high: last * step, ticks };
}
