import type { Effect, Estimate } from '../record';
import { ordinaryLevel } from './headlineLevel';

/**
 * The effect with the interval in front that its word comes from: of an `equivalent` one the 90 % interval of the equivalence test, of every
 * other the one at its level, which is there already. Whatever shows an interval beside a word takes it from here.
 */
export function withWordInterval(effect: Effect): Effect {
  if (effect.verdict !== 'equivalent') return effect;
  return withFront(effect, (estimate) => ({ ...estimate, ...estimate.equivalence }));
}

/** The effect with its 95 % intervals in front: for tables in which every row has the same level. */
export function withInterval95(effect: Effect): Effect {
  return withFront(effect, (estimate) => ({ ...estimate, ...estimate.interval95, level: ordinaryLevel }));
}

function withFront(effect: Effect, front: (estimate: Estimate) => Estimate): Effect {
  const { difference, ratio } = effect;
  return { ...effect, difference: difference && front(difference), ratio: ratio && front(ratio) };
}
