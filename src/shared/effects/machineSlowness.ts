import type { Metric } from '../metrics';
import type { CapacityTrial, Effect, Trial } from '../record';
import { studentQuantile } from '../statistics/blockEstimate';
import { mean } from '../statistics/mean';
import { sampleSd } from '../statistics/sampleSd';
import type { TrialPair } from './pairBlocks';

/**
 * Why the speed is not used although it was measured: the probe itself ran slower or faster beside one of the variants, more
 * surely than chance allows, so that adjusting would take away a part of the effect.
 */
export const touchedProbe = 'not adjusted for machine speed: the probe itself differed between the variants';

/** One comparison in a thousand is called touched by mistake: a choice made often would cost false alarms of its own. */
const touchedLevel = 0.999;

/** Fewer blocks do not tell how the metric follows the machine: the degree of freedom that the slope takes would widen every interval. */
export const fewestAdjustedBlocks = 6;

/** What follows the speed of the CPU, as a whole: one endpoint's latency tells too little. */
const follows = ['cpu_ms_per_request', 'latency_mean_ms', 'capacity_rps', 'capacity_cpu_ms_per_request'];

type AnyTrial = Trial | CapacityTrial;

/**
 * Per block, the log of how much slower the machine was in the candidate's trial than in the baseline's: the covariate of the
 * metric's analysis of covariance. Null when the metric does not follow the machine's speed, when some trial has no reading, or
 * when there are too few blocks. `touched`: there are readings, and they must not be used.
 *
 * With `--until` the first stage alone decides: its spread has fixed the number of blocks, so what that was the spread of must not change
 * afterwards.
 */
export function machineSlowness<T extends AnyTrial>(
  metric: Metric,
  scope: Effect['scope'],
  pairs: readonly TrialPair<T>[],
  firstStage = pairs.length,
): readonly number[] | 'touched' | null {
  if (!follows.includes(metric.name) || scope.kind === 'endpoint') return null;
  const slowness = slownessOf(pairs);
  return slowness && usableSlowness(slowness, firstStage);
}

/** Readings that may be used: not those of too few blocks (null), nor of a probe that a variant touched. */
export function usableSlowness(
  slowness: readonly number[],
  firstStage = slowness.length,
): readonly number[] | 'touched' | null {
  if (firstStage < fewestAdjustedBlocks) return null;
  return isTouched(slowness.slice(0, firstStage)) ? 'touched' : slowness;
}

/** The mean of a trial's pieces of fixed work, in ms (before means were recorded: their median); null: not measured. */
export function speedProbeMs({ machine }: AnyTrial): number | null {
  return machine.speedProbeMeanMs ?? machine.speedProbeMs;
}

/** Per block; null when some trial has no reading. */
export function slownessOf(pairs: readonly TrialPair<AnyTrial>[]): readonly number[] | null {
  const slowness = pairs.map(({ baseline, candidate }) => {
    const [before, after] = [speedProbeMs(baseline) ?? 0, speedProbeMs(candidate) ?? 0];
    return before > 0 && after > 0 ? Math.log(after) - Math.log(before) : Number.NaN;
  });
  return slowness.every(Number.isFinite) ? slowness : null;
}

/** Mean slowness of the candidate's trials against the baseline's as a factor (1.02: 2 % slower). */
export function meanSlowness(slowness: readonly number[]): number {
  return Math.exp(mean(slowness));
}

/** Whether the probe ran slower or faster beside one variant, block after block (Student's t). */
function isTouched(slowness: readonly number[]): boolean {
  const blocks = slowness.length;
  const standardError = sampleSd(slowness) / Math.sqrt(blocks);
  return Math.abs(mean(slowness)) > studentQuantile((1 + touchedLevel) / 2, blocks - 1) * standardError;
}
