import type { ChangeScale, RelativeChange } from '../../src/shared/relativeChange';
import { formatChange } from '../../src/shared/words/formatNumber';

/** The axis of one bar alone: 0, the interval, the zone and the noise floor (in percent) fit, with a little air. */
export function ownScale(change: RelativeChange, noise: number | null = null): ChangeScale {
  const around = Math.max(change.zone ?? 0, noise ?? 0);
  const low = Math.min(change.low, -around);
  const high = Math.max(change.high, around);
  const air = Math.max((high - low) * 0.08, 0.01);
  return { low: low - air, high: high + air };
}

/** `+6.2 %` of a change in percent. */
export function formatPercentChange(percent: number): string {
  return formatChange(1 + percent / 100);
}
