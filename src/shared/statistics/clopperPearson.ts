import type { Interval } from './blockEstimate';
import { incompleteBeta } from './incompleteBeta';

/** Halvings of [0, 1] to the last bit of a double near 1e-6. */
const halvings = 70;

/**
 * Exact two-sided bounds of a binomial rate at `level` (Clopper & Pearson 1934, Biometrika 26:404–413): quantiles of
 * Beta(k, n−k+1) and Beta(k+1, n−k). Without trials nothing is known: [0, 1].
 */
export function clopperPearson(successes: number, trials: number, level: number): Interval {
  const tail = (1 - level) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: successes >= trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  };
}

/** By bisection: I_x(a, b) grows with x. */
function betaQuantile(probability: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
