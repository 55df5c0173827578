import type { ChartConfiguration, Plugin } from 'chart.js';
import type { ChartColours } from '../theme';
import { isBold, lineDataset } from './chartLines';
import { endLabels } from './endLabels';
import { faintLines } from './faintLines';
import type { Line } from './line';
import type { SharedTime } from './sharedTime';
import { type TimeMark, timeMarks } from './timeMarks';

export interface LineChartOptions {
  readonly lines: readonly Line[];
  /** Empty: none. */
  readonly xTitle: string;
  readonly isLogX?: boolean;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Numbers along the axes; their unit stands in the caption. */
  readonly formatTick: (value: number) => string;
  /** x up to which the ground is shaded (the warm-up); null: nothing. */
  readonly shadedUntil?: number | null;
  readonly marks?: readonly TimeMark[];
  /** With others, whose pointer and range of time it shares; then it has no tooltip of its own. */
  readonly sharedTime?: SharedTime;
  /** The axis starts at 0 and reaches this far at least, so that a line that is being drawn does not move it. */
  readonly xReach?: number;
  readonly yMax?: number;
  /** False where the level would hide what happens to it; the caption says so. */
  readonly isFromZero?: boolean;
  /** Room for end labels, in pixels. */
  readonly labelWidth?: number;
}

/** The chart.js configuration of a line chart: no animation, data as it is, linear or log x, colours of the theme. */
export function lineChart(options: LineChartOptions, colours: ChartColours): ChartConfiguration<'line'> {
  const tick = { color: colours.muted, font: { size: 11, family: getComputedStyle(document.body).fontFamily } };
  const { isLogX = false, isFromZero = true } = options;
  const isLive = options.xReach !== undefined;
  return {
    type: 'line',
    data: { datasets: options.lines.filter(isBold).map((line) => lineDataset(line, colours)) },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { top: 6, right: options.labelWidth ?? 4 } },
      plugins: {
        tooltip: {
          enabled: options.sharedTime === undefined,
          backgroundColor: colours.surface,
          titleColor: colours.text,
          bodyColor: colours.text,
          borderColor: colours.grid,
          borderWidth: 1,
          padding: 8,
          displayColors: false,
          callbacks: {
            title: (items) => (items[0] ? options.formatX(items[0].parsed.x ?? 0) : ''),
            label: (item) => `${item.dataset.label ?? ''}: ${options.formatY(item.parsed.y ?? 0)}`,
          },
        },
      },
      scales: {
        x: {
          type: isLogX ? 'logarithmic' : 'linear',
          ...(isLive ? { min: 0, suggestedMax: options.xReach } : {}),
          title: {
            display: options.xTitle !== '',
            text: options.xTitle,
            color: colours.muted,
            font: tick.font,
            padding: { top: 2 },
          },
          grid: { display: isLogX, color: colours.grid },
          border: { color: colours.grid },
          ticks: {
            ...tick,
            maxRotation: 0,
            // Skipping ticks means to measure each of them again with every update of a live chart.
            ...(isLive ? { autoSkip: false, maxTicksLimit: 7 } : { autoSkipPadding: 14 }),
            callback: (value) => (isLogX ? logTick(Number(value), options.formatTick) : value),
          },
        },
        y: {
          type: 'linear',
          beginAtZero: isFromZero,
          grace: options.yMax === undefined ? (isFromZero ? '8%' : '30%') : 0,
          ...(options.yMax === undefined ? {} : { max: options.yMax }),
          grid: { color: colours.grid, drawTicks: false },
          border: { display: false },
          ticks: {
            ...tick,
            padding: 6,
            autoSkip: false,
            maxTicksLimit: 5,
            ...(options.yMax === undefined ? {} : { stepSize: options.yMax / 4 }),
            callback: (value) => options.formatTick(Number(value)),
          },
        },
      },
    },
    plugins: [
      shadedStart(options.shadedUntil ?? null, colours),
      faintLines(
        options.lines.filter((line) => !isBold(line)),
        colours,
      ),
      endLabels(colours, tick.font),
      timeMarks(options.marks ?? [], colours),
      ...(options.sharedTime === undefined ? [] : [options.sharedTime.plugin]),
    ],
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
      ctx.fillStyle = colours.warmup;
      ctx.fillRect(chartArea.left, chartArea.top, right - chartArea.left, chartArea.height);
      ctx.restore();
    },
  };
}
