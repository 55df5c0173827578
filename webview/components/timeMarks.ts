import type { Plugin } from 'chart.js';
import type { ChartColours } from '../theme';

/** Something that happened at a moment of a trial. */
export interface TimeMark {
  readonly kind: 'flush' | 'error';
  readonly atSeconds: number;
  readonly variantIndex: number;
}

/** Flushes as triangles on the time axis, errors as crosses along the top; a row per variant, so that they are told apart without colour. */
export function timeMarks(marks: readonly TimeMark[], colours: ChartColours): Plugin<'line'> {
  return {
    id: 'timeMarks',
    afterDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const x = scales['x'];
      if (x === undefined || marks.length === 0) return;
      ctx.save();
      ctx.lineWidth = 1.5;
      for (const { kind, atSeconds, variantIndex } of marks) {
        const pixel = x.getPixelForValue(atSeconds);
        if (pixel < chartArea.left || pixel > chartArea.right) continue;
        const colour = colours.variants[variantIndex] ?? colours.text;
        ctx.fillStyle = colour;
        ctx.strokeStyle = colour;
        ctx.beginPath();
        if (kind === 'flush') {
          const base = chartArea.bottom - 1 - variantIndex * 2;
          ctx.moveTo(pixel - 3.5, base);
          ctx.lineTo(pixel + 3.5, base);
          ctx.lineTo(pixel, base - 6);
          ctx.closePath();
          ctx.fill();
        } else {
          const middle = chartArea.top + 4 + variantIndex * 7;
          ctx.moveTo(pixel - 3, middle - 3);
          ctx.lineTo(pixel + 3, middle + 3);
          ctx.moveTo(pixel + 3, middle - 3);
          ctx.lineTo(pixel - 3, middle + 3);
          ctx.stroke();
        }
      }
      ctx.restore();
    },
  };
}
