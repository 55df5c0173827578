import type { Interval } from './blockEstimate';

/** Two one-sided tests at 5 % each read the 90 % interval. */
export const equivalenceLevel = 0.9;

/**
 * The two one-sided tests (Schuirmann 1987, J. Pharmacokinet. Biopharm. 15:657–680): equivalent at 5 % when the
 * whole 90 % interval lies inside the margins.
 */
export function isEquivalent(interval90: Interval, margins: Interval): boolean {
  return interval90.low > margins.low && interval90.high < margins.high;
}
