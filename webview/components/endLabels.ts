import type { Chart, Plugin } from 'chart.js';
import type { ChartColours } from '../theme';

const linePixels = 13;

/** Names lines at the right edge, at the height of their ends; lines of the same name share one label, and labels keep apart. */
export function endLabels(
  colours: ChartColours,
  font: { readonly size: number; readonly family: string },
): Plugin<'line'> {
  return {
    id: 'endLabels',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea } = chart;
      const labels = spread(labelHeights(chart), chartArea.top + linePixels / 2, chartArea.bottom - linePixels / 2);
      ctx.save();
      ctx.font = `${font.size}px ${font.family}`;
      ctx.fillStyle = colours.text;
      ctx.textBaseline = 'middle';
      for (const { text, y } of labels) ctx.fillText(text, chartArea.right + 5, y);
      ctx.restore();
    },
  };
}

interface Label {
  readonly text: string;
  readonly y: number;
}

/** One label per name, at the mean height of the ends of its lines. */
function labelHeights(chart: Chart<'line'>): readonly Label[] {
  const heights = new Map<string, number[]>();
  for (const dataset of chart.data.datasets) {
    const last = dataset.data.at(-1);
    if (!('endLabel' in dataset) || typeof dataset.endLabel !== 'string') continue;
    const y = chart.scales['y']?.getPixelForValue(typeof last === 'object' && last !== null ? (last.y ?? 0) : 0);
    if (last !== undefined && y !== undefined)
      heights.set(dataset.endLabel, [...(heights.get(dataset.endLabel) ?? []), y]);
  }
  return [...heights].map(([text, ys]) => ({ text, y: ys.reduce((sum, y) => sum + y, 0) / ys.length }));
}

/** The labels from top to bottom, a line apart at least, inside `top` and `bottom` as long as there is room. */
function spread(labels: readonly Label[], top: number, bottom: number): readonly Label[] {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  const down: Label[] = [];
  for (const { text, y } of sorted)
    down.push({ text, y: Math.max(y, (down.at(-1)?.y ?? top - linePixels) + linePixels) });
  const up: Label[] = [];
  for (const { text, y } of down.reverse())
    up.push({ text, y: Math.min(y, (up.at(-1)?.y ?? bottom + linePixels) - linePixels) });
  return up;
}
