import type { ChangeScale, RelativeChange } from '../../shared/relativeChange';

interface Glyphs {
  readonly axis: string;
  readonly zone: string;
  readonly range: string;
  readonly estimate: string;
  readonly zero: string;
  readonly clippedLow: string;
  readonly clippedHigh: string;
}

const unicode: Glyphs = {
  axis: '─',
  zone: '░',
  range: '━',
  estimate: '●',
  zero: '│',
  clippedLow: '◂',
  clippedHigh: '▸',
};
const ascii: Glyphs = { axis: '-', zone: '.', range: '=', estimate: 'o', zero: '|', clippedLow: '<', clippedHigh: '>' };

/**
 * An interval as a bar of `width` characters (odd, so that zero has a middle): axis, zone in which a change does not matter,
 * interval, estimate, and zero on top of all but the estimate.
 */
export function textBar(
  change: RelativeChange,
  scale: ChangeScale,
  options: { width: number; hasUnicode: boolean },
): string {
  const glyphs = options.hasUnicode ? unicode : ascii;
  const last = options.width - 1;
  const at = (percent: number): number => {
    const share = (percent - scale.low) / (scale.high - scale.low);
    return Math.min(last, Math.max(0, Math.round(share * last)));
  };
  const cells = Array.from({ length: options.width }, () => glyphs.axis);
  const zone = change.zone;
  if (zone !== null) cells.fill(glyphs.zone, at(-zone), at(zone) + 1);
  cells.fill(glyphs.range, at(change.low), at(change.high) + 1);
  cells[at(0)] = glyphs.zero;
  if (change.low < scale.low) cells[0] = glyphs.clippedLow;
  if (change.high > scale.high) cells[last] = glyphs.clippedHigh;
  if (change.estimate >= scale.low && change.estimate <= scale.high) cells[at(change.estimate)] = glyphs.estimate;
  return cells.join('');
}
