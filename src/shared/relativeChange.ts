import type { Effect } from './record';

/** The change that an interval bar shows, in percent of the baseline: every metric on one kind of axis. */
export interface RelativeChange {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Half width of the zone in which a change does not matter; null: none. */
  readonly zone: number | null;
}

/** An axis of changes in percent. */
export interface ChangeScale {
  readonly low: number;
  readonly high: number;
}

/**
 * The effect as a change relative to the baseline, in percent, with the interval that stands in front of it.
 * Null when nothing was estimated, or when the baseline is 0 and there is nothing to be relative to.
 */
export function relativeChange(effect: Effect): RelativeChange | null {
  const { ratio, difference, baselineMean, smallestEffect } = effect;
  const zone = smallestEffect === null || baselineMean === 0 ? null : Math.abs((smallestEffect / baselineMean) * 100);
  if (ratio !== null) {
    const percent = (factor: number): number => (factor - 1) * 100;
    return { estimate: percent(ratio.estimate), low: percent(ratio.low), high: percent(ratio.high), zone };
  }
  if (difference === null || baselineMean === 0) return null;
  const percent = (amount: number): number => (amount / baselineMean) * 100;
  return { estimate: percent(difference.estimate), low: percent(difference.low), high: percent(difference.high), zone };
}

/**
 * One axis for the bars of a table: symmetrical, wide enough for the headline metrics and nine tenths of the other ratios,
 * never beyond ±50 %. What goes further is clipped.
 */
export function commonChangeScale(effects: readonly Effect[]): ChangeScale {
  const reach = (some: readonly Effect[]): number[] =>
    some
      .map(relativeChange)
      .filter((change) => change !== null)
      .map((change) => Math.max(Math.abs(change.low), Math.abs(change.high)))
      .sort((a, b) => a - b);
  const ratios = reach(effects.filter((effect) => effect.ratio !== null));
  const most = ratios[Math.floor((ratios.length - 1) * 0.9)] ?? 10;
  const headline = reach(effects.filter((effect) => effect.family === 'headline')).at(-1) ?? 0;
  const half = niceCeiling(Math.min(50, Math.max(2, most, headline)));
  return { low: -half, high: half };
}

function niceCeiling(value: number): number {
  return [2, 5, 10, 15, 20, 25, 30, 40].find((step) => step >= value) ?? 50;
}
