import type { Chart, Plugin } from 'chart.js';
import { formatNumber } from '../../src/shared/words/formatNumber';
import { chartColours } from '../theme';

/** A part of a time axis, in seconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Charts over one time axis: where the pointer is, and which part is shown, is the same for all of them. */
export interface SharedTime {
  readonly plugin: Plugin<'line'>;
  /** Null: the whole axis. */
  readonly range: TimeRange | null;
  /** Null: the whole axis. A range without a length is passed over. */
  setRange(range: TimeRange | null): void;
}

/** A drag shorter than this is a click. */
const fewestDragPixels = 5;

interface Pointer {
  readonly atSeconds: number;
  readonly chart: Chart<'line'>;
}

/** `onRange` is called after the range has changed, by a drag or a double click on a chart too. */
export function createSharedTime(onRange: () => void = () => undefined): SharedTime {
  const charts = new Set<Chart<'line'>>();
  let range: TimeRange | null = null;
  let pointer: Pointer | null = null;
  let dragFrom: number | null = null;
  let frame: number | null = null;

  const draw = (): void => {
    frame ??= requestAnimationFrame(() => {
      frame = null;
      for (const chart of charts) chart.draw();
    });
  };
  const setRange = (next: TimeRange | null): void => {
    if (next !== null && !(next.to > next.from)) return;
    range = next;
    for (const chart of charts) {
      applyRange(chart, range);
      chart.update('none');
    }
    onRange();
  };
  const listen = (chart: Chart<'line'>): void => {
    const { canvas } = chart;
    const secondsAt = (event: PointerEvent): number => chart.scales['x']?.getValueForPixel(event.offsetX) ?? 0;
    canvas.addEventListener('pointermove', (event) => {
      pointer = { atSeconds: secondsAt(event), chart };
      draw();
    });
    canvas.addEventListener('pointerleave', () => {
      pointer = null;
      draw();
    });
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      dragFrom = secondsAt(event);
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener('pointerup', (event) => {
      const from = dragFrom;
      dragFrom = null;
      if (from === null) return;
      const to = secondsAt(event);
      const pixels = (chart.scales['x']?.getPixelForValue(to) ?? 0) - (chart.scales['x']?.getPixelForValue(from) ?? 0);
      if (Math.abs(pixels) >= fewestDragPixels)
        setRange({ from: Math.floor(Math.min(from, to)), to: Math.ceil(Math.max(from, to)) });
      else draw();
    });
    canvas.addEventListener('pointercancel', () => {
      dragFrom = null;
      draw();
    });
    canvas.addEventListener('dblclick', () => setRange(null));
  };

  return {
    get range() {
      return range;
    },
    setRange,
    plugin: {
      id: 'sharedTime',
      beforeInit: (chart) => applyRange(chart, range),
      afterInit: (chart) => {
        charts.add(chart);
        listen(chart);
      },
      afterDestroy: (chart) => {
        charts.delete(chart);
        if (pointer?.chart === chart) pointer = null;
      },
      afterDraw: (chart) => {
        if (pointer === null) return;
        if (dragFrom !== null) drawSelection(chart, dragFrom, pointer.atSeconds);
        drawCrosshair(chart, pointer.atSeconds);
      },
    },
  };
}

function applyRange(chart: Chart<'line'>, range: TimeRange | null): void {
  const x = chart.options.scales?.['x'];
  if (x === undefined) return;
  const whole = wholeAxes.get(chart) ?? { min: x.min, max: x.max };
  wholeAxes.set(chart, whole);
  x.min = range?.from ?? whole.min;
  x.max = range?.to ?? whole.max;
}

type Bound = string | number | undefined;
/** What each chart's plan says of the ends of its axis. */
const wholeAxes = new WeakMap<Chart<'line'>, { readonly min: Bound; readonly max: Bound }>();

function drawSelection(chart: Chart<'line'>, from: number, to: number): void {
  const { ctx, chartArea, scales } = chart;
  const x = scales['x'];
  if (x === undefined) return;
  const inside = (seconds: number): number =>
    Math.min(chartArea.right, Math.max(chartArea.left, x.getPixelForValue(seconds)));
  const [left, right] = [inside(Math.min(from, to)), inside(Math.max(from, to))];
  ctx.save();
  ctx.globalAlpha = 0.15;
  ctx.fillStyle = chartColours().text;
  ctx.fillRect(left, chartArea.top, right - left, chartArea.height);
  ctx.restore();
}

/** The line, and beside it the second and what each bold line shows there. */
function drawCrosshair(chart: Chart<'line'>, atSeconds: number): void {
  const { ctx, chartArea, scales } = chart;
  const pixel = scales['x']?.getPixelForValue(atSeconds) ?? Number.NaN;
  if (!(pixel >= chartArea.left && pixel <= chartArea.right)) return;
  const colours = chartColours();
  const lines = [
    { text: `${formatNumber(Math.round(atSeconds))} s`, colour: colours.muted },
    ...chart.data.datasets.flatMap(({ data, label, borderColor }) => {
      const y = valueAt(data, atSeconds);
      if (y === null) return [];
      return [
        {
          text: `${label ?? ''} ${formatNumber(y)}`,
          colour: typeof borderColor === 'string' ? borderColor : colours.text,
        },
      ];
    }),
  ];
  ctx.save();
  ctx.strokeStyle = colours.muted;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(pixel, chartArea.top);
  ctx.lineTo(pixel, chartArea.bottom);
  ctx.stroke();
  ctx.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textBaseline = 'top';
  const swatch = 8;
  const width = Math.max(...lines.map(({ text }) => ctx.measureText(text).width)) + swatch + 14;
  const left = pixel + width + 6 > chartArea.right ? Math.max(0, pixel - width - 6) : pixel + 6;
  ctx.fillStyle = colours.surface;
  ctx.globalAlpha = 0.92;
  ctx.fillRect(left, chartArea.top, width, lines.length * lineHeight + 6);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colours.grid;
  ctx.strokeRect(left, chartArea.top, width, lines.length * lineHeight + 6);
  for (const [index, { text, colour }] of lines.entries()) {
    const top = chartArea.top + 4 + index * lineHeight;
    if (index > 0) {
      ctx.fillStyle = colour;
      ctx.fillRect(left + 5, top + 3, swatch, 4);
    }
    ctx.fillStyle = index === 0 ? colours.muted : colours.text;
    ctx.fillText(text, left + (index === 0 ? 5 : swatch + 9), top);
  }
  ctx.restore();
}

const lineHeight = 14;

/** Of the point that is nearest, when it is within a second and a half. */
function valueAt(data: readonly unknown[], atSeconds: number): number | null {
  let nearest: { readonly x: number; readonly y: number } | null = null;
  for (const point of data) {
    if (typeof point !== 'object' || point === null || !('x' in point) || !('y' in point)) continue;
    const { x, y } = point;
    if (typeof x !== 'number' || typeof y !== 'number') continue;
    if (nearest === null || Math.abs(x - atSeconds) < Math.abs(nearest.x - atSeconds)) nearest = { x, y };
  }
  return nearest !== null && Math.abs(nearest.x - atSeconds) <= 1.5 ? nearest.y : null;
}
