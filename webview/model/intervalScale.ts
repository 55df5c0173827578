import type { ChangeScale, RelativeChange } from '../../src/shared/relativeChange';
import { formatChange } from '../../src/shared/words/formatNumber';

/** The axis of one bar alone: 0, the interval and the zone fit, with a little air. */
export function ownScale(change: RelativeChange): ChangeScale {
  const low = Math.min(change.low, change.zone === null ? 0 : -change.zone, 0);
  const high = Math.max(change.high, change.zone ?? 0, 0);
  const air = Math.max((high - low) * 0.08, 0.01);
  return { low: low - air, high: high + air };
}

/** `+6.2 %` of a change in percent. */
export function formatPercentChange(percent: number): string {
  return formatChange(1 + percent / 100);
}
