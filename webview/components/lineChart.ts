import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js';
import type { Point } from '../model/timeSeries';
import { type ChartColours, variantDashes } from '../theme';

export interface Line {
  readonly name: string;
  readonly variantIndex: number;
  readonly points: readonly Point[];
  /** Faint lines stand behind and have no tooltip. */
  readonly isFaint?: boolean;
}

export interface LineChartOptions {
  readonly lines: readonly Line[];
  readonly xTitle: string;
  readonly isLogX?: boolean;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Numbers along the axes; their unit stands in the caption. */
  readonly formatTick: (value: number) => string;
  /** x up to which the ground is shaded (the warm-up); null: nothing. */
  readonly shadedUntil?: number | null;
  readonly yMax?: number;
}

/** The chart.js configuration of a line chart: no animation, data as it is, linear or log x, colours of the theme. */
export function lineChart(options: LineChartOptions, colours: ChartColours): ChartConfiguration<'line'> {
  const tick = { color: colours.muted, font: { size: 11, family: getComputedStyle(document.body).fontFamily } };
  const { isLogX = false } = options;
  return {
    type: 'line',
    data: { datasets: options.lines.map((line) => dataset(line, colours)) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { top: 6, right: 4 } },
      plugins: {
        tooltip: {
          backgroundColor: colours.surface,
          titleColor: colours.text,
          bodyColor: colours.text,
          borderColor: colours.grid,
          borderWidth: 1,
          padding: 8,
          displayColors: false,
          filter: (item) => options.lines[item.datasetIndex]?.isFaint !== true,
          callbacks: {
            title: (items) => (items[0] ? options.formatX(items[0].parsed.x ?? 0) : ''),
            label: (item) => `${item.dataset.label ?? ''}: ${options.formatY(item.parsed.y ?? 0)}`,
          },
        },
      },
      scales: {
        x: {
          type: isLogX ? 'logarithmic' : 'linear',
          title: { display: true, text: options.xTitle, color: colours.muted, font: tick.font, padding: { top: 2 } },
          grid: { display: isLogX, color: colours.grid },
          border: { color: colours.grid },
          ticks: {
            ...tick,
            maxRotation: 0,
            autoSkipPadding: 14,
            callback: (value) => (isLogX ? logTick(Number(value), options.formatTick) : value),
          },
        },
        y: {
          type: 'linear',
          beginAtZero: true,
          grace: options.yMax === undefined ? '8%' : 0,
          ...(options.yMax === undefined ? {} : { max: options.yMax }),
          grid: { color: colours.grid, drawTicks: false },
          border: { display: false },
          ticks: {
            ...tick,
            padding: 6,
            maxTicksLimit: 5,
            ...(options.yMax === undefined ? {} : { stepSize: options.yMax / 4 }),
            callback: (value) => options.formatTick(Number(value)),
          },
        },
      },
    },
    plugins: [shadedStart(options.shadedUntil ?? null, colours)],
  };
}

function dataset(line: Line, colours: ChartColours): ChartDataset<'line', Point[]> {
  const colour = colours.variants[line.variantIndex] ?? colours.text;
  return {
    label: line.name,
    data: [...line.points],
    borderColor: line.isFaint ? withAlpha(colour, 0.2) : colour,
    borderWidth: line.isFaint ? 1 : 2,
    borderDash: line.isFaint ? [] : [...(variantDashes[line.variantIndex] ?? [])],
    pointRadius: 0,
    pointHitRadius: line.isFaint ? 0 : 8,
    // The bold lines on top; among them the candidates over the baseline.
    order: (line.isFaint ? 100 : 50) - line.variantIndex,
  };
}

/** Only 1, 2 and 5 times a power of ten get a label. */
function logTick(value: number, format: (value: number) => string): string {
  const leading = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
  return [1, 2, 5].some((digit) => Math.abs(leading - digit) < 1e-6) ? format(value) : '';
}

function shadedStart(until: number | null, colours: ChartColours): Plugin<'line'> {
  return {
    id: 'shadedStart',
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const x = scales['x'];
      if (until === null || until <= 0 || !x) return;
      const right = Math.min(chartArea.right, x.getPixelForValue(until));
      ctx.save();
      ctx.fillStyle = colours.zone;
      ctx.fillRect(chartArea.left, chartArea.top, right - chartArea.left, chartArea.height);
      ctx.restore();
    },
  };
}

/** The colour with an alpha: hexadecimal and `rgb()` colours; an editor's theme may use either. */
function withAlpha(colour: string, alpha: number): string {
  return `color-mix(in srgb, ${colour} ${Math.round(alpha * 100)}%, transparent)`;
}
