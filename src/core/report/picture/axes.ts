import { roundStep } from '../../../shared/charts/roundStep';
import { formatNumber } from '../../../shared/words/formatNumber';
import type { Drawing } from './drawing';
import { look } from './look';
import type { Box } from './raster';

/** From values to pixels of a plot. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  at(value: number): number;
}

/** An axis with two to seven round ticks, whose ends are ticks. */
export function linearAxis(values: readonly number[], [from, to]: readonly [number, number]): Axis {
  const finite = values.filter((value) => Number.isFinite(value));
  const lowest = finite.length === 0 ? 0 : Math.min(...finite);
  const highest = finite.length === 0 ? 1 : Math.max(...finite);
  const span = Math.max(highest - lowest, Math.abs(highest) * 0.02, 1e-9);
  const step = roundStep(span, 4);
  const [first, last] = [Math.floor(lowest / step + 1e-9), Math.ceil(highest / step - 1e-9)];
  const end = Math.max(last, first + 1);
  const [low, high] = [first * step, end * step];
  return {
    low,
    high,
    ticks: Array.from({ length: end - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12))),
    at: (value) => from + ((value - low) / (high - low)) * (to - from),
  };
}

/** A logarithmic axis with ticks at 1, 2 and 5 times the powers of ten. Values must be positive. */
export function logAxis(values: readonly number[], [from, to]: readonly [number, number]): Axis {
  const positive = values.filter((value) => value > 0);
  const low = positive.length === 0 ? 1 : Math.min(...positive);
  const high = Math.max(low * 1.1, ...positive);
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1)
    for (const factor of [1, 2, 5]) ticks.push(factor * 10 ** power);
  const share = (value: number): number => Math.log(value / low) / Math.log(high / low);
  return {
    low,
    high,
    ticks: ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001),
    at: (value) => from + share(Math.max(value, low)) * (to - from),
  };
}

/** Lines across the plot at each tick, with its value left of it. */
export function drawHeights(drawing: Drawing, plot: Box, axis: Axis, format = formatNumber): void {
  for (const tick of axis.ticks) {
    const y = axis.at(tick);
    drawing.line(
      [
        [plot.left, y],
        [plot.right, y],
      ],
      look.line,
      { width: 1 },
    );
    drawing.text(format(tick), [plot.left - 8, y], { size: 11, colour: look.muted, align: 'end' });
  }
}

/** Values below the plot, and what they are. */
export function drawWidths(drawing: Drawing, plot: Box, axis: Axis, title: string, format = formatNumber): void {
  drawing.line(
    [
      [plot.left, plot.bottom],
      [plot.right, plot.bottom],
    ],
    look.strongLine,
    { width: 1 },
  );
  for (const tick of axis.ticks) {
    const x = axis.at(tick);
    drawing.line(
      [
        [x, plot.bottom],
        [x, plot.bottom + 4],
      ],
      look.strongLine,
      { width: 1 },
    );
    drawing.text(format(tick), [x, plot.bottom + 14], { size: 11, colour: look.muted, align: 'middle' });
  }
  drawing.text(title, [(plot.left + plot.right) / 2, plot.bottom + 32], {
    size: 11,
    colour: look.muted,
    align: 'middle',
  });
}
