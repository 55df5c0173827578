import type { Chart, Plugin } from 'chart.js';
import type { ChartColours } from '../theme';
import type { Line } from './line';

const linesOf = new WeakMap<Chart<'line'>, readonly Line[]>();

/** The faint lines of a chart from now on, in place of those that its plan has. */
export function setFaintLines(chart: Chart<'line'>, lines: readonly Line[]): void {
  linesOf.set(chart, lines);
}

/**
 * Lines behind the data, which the axes make room for. They go straight to the canvas: as datasets, each of them would be
 * laid out again with every second of a live chart, which cost more than all the rest.
 */
export function faintLines(planned: readonly Line[], colours: ChartColours): Plugin<'line'> {
  return {
    id: 'faintLines',
    afterDataLimits(chart, { scale }) {
      const { axis } = scale;
      if (axis !== 'x' && axis !== 'y') return;
      const { min, max } = chart.options.scales?.['x'] ?? {};
      const [from, to] = [Number(min ?? Number.NaN), Number(max ?? Number.NaN)];
      // Where a part of the time is looked at, its ends stay, and only what is in it makes room for itself.
      const isPart = !Number.isNaN(from) && !Number.isNaN(to);
      if (isPart && axis === 'x') return;
      for (const point of (linesOf.get(chart) ?? planned).flatMap(({ points }) => points)) {
        if (isPart && (point.x < from || point.x > to)) continue;
        scale.min = Math.min(scale.min, point[axis]);
        scale.max = Math.max(scale.max, point[axis]);
      }
    },
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const { x, y } = scales;
      if (x === undefined || y === undefined) return;
      ctx.save();
      ctx.beginPath();
      ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height);
      ctx.clip();
      ctx.lineWidth = 1;
      for (const { variantIndex, points } of linesOf.get(chart) ?? planned) {
        ctx.strokeStyle = faint(colours.variants[variantIndex] ?? colours.text, colours.faintPercent);
        ctx.beginPath();
        for (const point of points) ctx.lineTo(x.getPixelForValue(point.x), y.getPixelForValue(point.y));
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}

/** Any colour, an editor's theme's too, mixed with nothing. */
function faint(colour: string, percent: number): string {
  return `color-mix(in srgb, ${colour} ${percent}%, transparent)`;
}
