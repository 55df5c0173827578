import type { Chart, ChartDataset } from 'chart.js';
import { variantDashes } from '../../src/shared/charts/variantDashes';
import type { ChartColours } from '../theme';
import { setFaintLines } from './faintLines';
import type { Line } from './line';

/** What a dataset of ours carries beside chart.js's own options. */
type LineDataset = ChartDataset<'line'> & Pick<Line, 'endLabel'>;

export function isBold({ isFaint = false }: Line): boolean {
  return !isFaint;
}

export function lineDataset(line: Line, colours: ChartColours): LineDataset {
  const { name, variantIndex, points, width = 2, endLabel } = line;
  return {
    label: name,
    data: [...points],
    borderColor: colours.variants[variantIndex] ?? colours.text,
    borderWidth: width,
    borderDash: [...(variantDashes[variantIndex] ?? [])],
    pointRadius: 0,
    pointHitRadius: 8,
    // The candidates over the baseline.
    order: -variantIndex,
    ...(endLabel === undefined ? {} : { endLabel }),
  };
}

/**
 * Brings the chart from the lines that it shows to others, in place: a line that has only grown gets its new points, any
 * other is put anew. As long as no axis can change, the lines alone are laid out and drawn: `chart.update` resolves every
 * option and measures every label again, which is most of what a live chart costs.
 */
export function showLines(
  chart: Chart<'line'>,
  {
    shown,
    lines,
    colours,
  }: { readonly shown: readonly Line[]; readonly lines: readonly Line[]; readonly colours: ChartColours },
): void {
  const { datasets } = chart.data;
  const bold = lines.filter(isBold);
  let isNew = shown.length !== lines.length || datasets.length !== bold.length;
  for (const [index, line] of bold.entries()) {
    const present = datasets[index];
    if (present !== undefined && hasGrownTo(present, line)) {
      present.data.push(...line.points.slice(present.data.length));
    } else {
      datasets[index] = lineDataset(line, colours);
      isNew = true;
    }
  }
  datasets.length = bold.length;
  setFaintLines(
    chart,
    lines.filter((line) => !isBold(line)),
  );
  if (isNew || !hasSameReach(chart, shown, lines)) {
    chart.update('none');
    return;
  }
  for (const { controller } of chart.getSortedVisibleDatasetMetas()) controller.update('none');
  chart.draw();
}

function hasGrownTo(present: LineDataset, { name, points }: Line): boolean {
  const last = present.data.length - 1;
  return present.label === name && present.data[0] === points[0] && present.data[last] === points[last];
}

/** Whether the axes of `lines` are those that the chart has: the same lowest and highest value, nothing beyond the right end. */
function hasSameReach(chart: Chart<'line'>, shown: readonly Line[], lines: readonly Line[]): boolean {
  const before = heights(shown);
  const after = heights(lines);
  const right = Math.max(...lines.map(({ points }) => points.at(-1)?.x ?? 0));
  return before.low === after.low && before.high === after.high && right <= (chart.scales['x']?.max ?? 0);
}

function heights(lines: readonly Line[]): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const { points } of lines) for (const { y } of points) [low, high] = [Math.min(low, y), Math.max(high, y)];
  return { low, high };
}
