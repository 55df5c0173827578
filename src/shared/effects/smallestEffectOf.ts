import type { Metric } from '../metrics';
import type { SmallestEffect } from '../plan';

/**
 * The smallest effect that matters, in the metric's unit: the larger of the absolute one and the share of the baseline.
 * Null when no effect is too small to matter, so that no equivalence can be claimed.
 */
export function smallestEffectOf(
  metric: Metric,
  override: SmallestEffect | undefined,
  baselineMean: number,
): number | null {
  const { relative, absolute } = override ?? metric.smallestEffect ?? {};
  const sizes = [relative === undefined ? 0 : relative * Math.abs(baselineMean), absolute ?? 0];
  const largest = Math.max(...sizes);
  return largest > 0 ? largest : null;
}
