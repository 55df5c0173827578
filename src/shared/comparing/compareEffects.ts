import { fewestBlocks } from '../effects/effectFigures';
import { ordinaryLevel } from '../effects/headlineLevel';
import type { Effect, Estimate } from '../record';
import { studentQuantile } from '../statistics/blockEstimate';

/** How much larger the effect of a second run is than that of a first. */
export interface EffectChange {
  /** `ratio`: factors (1.03 = the second run's ratio is 3 % above the first's); `difference`: in the metric's unit. */
  readonly scale: 'ratio' | 'difference';
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/**
 * The second effect against the first, with its 95 % interval by Welch's t (1947, Biometrika 34:28–35): the two runs are independent, each with
 * the standard error that its own interval implies. Null where one of them has no interval, or they are on different scales.
 *
 * Only effects are compared, never levels: each was measured against its own baseline, on a machine as fast as its own, so what the machine did
 * between the two runs cancels out. What a newer baseline does differently does not.
 */
export function compareEffects(first: Effect, second: Effect): EffectChange | null {
  if (first.blocks < fewestBlocks || second.blocks < fewestBlocks) return null;
  if (first.ratio && second.ratio) {
    const change = welch(spreadOf(first, first.ratio, Math.log), spreadOf(second, second.ratio, Math.log));
    return {
      scale: 'ratio',
      estimate: Math.exp(change.estimate),
      low: Math.exp(change.low),
      high: Math.exp(change.high),
      level: ordinaryLevel,
    };
  }
  if (first.ratio || second.ratio || !first.difference || !second.difference) return null;
  const asIs = (value: number): number => value;
  const change = welch(spreadOf(first, first.difference, asIs), spreadOf(second, second.difference, asIs));
  return { scale: 'difference', ...change, level: ordinaryLevel };
}

interface Spread {
  readonly estimate: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

function spreadOf(
  { blocks, adjustment }: Effect,
  { estimate, interval95 }: Estimate,
  scale: (value: number) => number,
): Spread {
  const degreesOfFreedom = adjustment?.degreesOfFreedom ?? blocks - 1;
  const halfWidth = (scale(interval95.high) - scale(interval95.low)) / 2;
  return {
    estimate: scale(estimate),
    standardError: halfWidth / studentQuantile((1 + ordinaryLevel) / 2, degreesOfFreedom),
    degreesOfFreedom,
  };
}

function welch(first: Spread, second: Spread): { estimate: number; low: number; high: number } {
  const estimate = second.estimate - first.estimate;
  const [one, other] = [first.standardError ** 2, second.standardError ** 2];
  if (one + other === 0) return { estimate, low: estimate, high: estimate };
  // Satterthwaite (1946), Biometrics Bulletin 2:110–114.
  const degreesOfFreedom =
    (one + other) ** 2 / (one ** 2 / first.degreesOfFreedom + other ** 2 / second.degreesOfFreedom);
  const halfWidth = studentQuantile((1 + ordinaryLevel) / 2, degreesOfFreedom) * Math.sqrt(one + other);
  return { estimate, low: estimate - halfWidth, high: estimate + halfWidth };
}
