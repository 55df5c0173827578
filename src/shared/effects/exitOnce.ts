import { mean } from '../statistics/mean';
import type { Trial } from '../record';
import type { EffectFigures } from './effectFigures';

/** Whether the wait at exit of some of these trials was cut short because it was known already. */
export function isExitCutShort(trials: readonly Pick<Trial, 'exit'>[]): boolean {
  return trials.some(({ exit }) => exit.forcedReason !== undefined);
}

/**
 * The shutdown of an outage variant, which was waited for once: a value without interval and verdict. Null when the run ended
 * before it was measured.
 */
export function exitOnce(baseline: readonly Trial[], candidate: readonly Trial[]): EffectFigures | null {
  const measured = candidate.filter(({ exit }) => exit.forcedReason === undefined);
  if (baseline.length === 0 || measured.length === 0) return null;
  const hasEnded = measured.every(({ exit }) => !exit.forced);
  return {
    baselineMean: mean(baseline.map(({ shutdownMs }) => shutdownMs)),
    candidateMean: mean(measured.map(({ shutdownMs }) => shutdownMs)),
    difference: null,
    ratio: null,
    candidateInterval: null,
    blocks: measured.length,
    smallestEffect: null,
    verdict: null,
    note: `measured once, then cut short${hasEnded ? '' : '; it had not ended by itself then'}`,
  };
}
