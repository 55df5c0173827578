import { latencyMeanMs } from '../latencyHistogram';
import type { Metric } from '../metrics';
import type { CapacityTrial, Effect, Trial } from '../record';
import { studentQuantile } from '../statistics/blockEstimate';
import { mean } from '../statistics/mean';
import { sampleSd } from '../statistics/sampleSd';
import type { LatencyReader } from './latencyReader';
import type { TrialPair } from './pairBlocks';

/** What is taken off each block's log ratio: `slope` × how much slower the machine was in the candidate's trial. */
export interface SpeedAdjustment {
  /** Fixed before any outcome is looked at: how far the metric follows the machine's slowness. */
  readonly slope: number;
  /** Per block: log of the probe's time in the candidate's trial over that in the baseline's. */
  readonly logRatios: readonly number[];
}

/**
 * Why the speed is not used although it was measured: the probe itself ran slower or faster beside one of the variants, more
 * surely than chance allows, so that adjusting would take away a part of the effect.
 */
export const touchedProbe = 'not adjusted for machine speed: the probe itself differed between the variants';

/** One comparison in a thousand is called touched by mistake: a choice made often would cost false alarms of its own. */
const touchedLevel = 0.999;

type AnyTrial = Trial | CapacityTrial;

/**
 * How a metric's blocks are adjusted for the machine's speed; null when the metric does not follow it (or not as a whole: one
 * endpoint's latency), or when some trial has no reading. `touched`: there are readings, and they must not be used.
 *
 * A covariate in the sense of the analysis of covariance (Fisher 1932), with slopes that come from what the metric is made of
 * and not from the outcomes: nothing is estimated, so no degree of freedom is paid, and under an identical pair the adjusted log
 * ratios are symmetric about zero whatever the true slope is. A wrong slope costs precision, never a false alarm.
 */
export function speedAdjustment<T extends AnyTrial>(
  metric: Metric,
  scope: Effect['scope'],
  pairs: readonly TrialPair<T>[],
  latency: LatencyReader,
  firstStage?: number,
): SpeedAdjustment | 'touched' | null {
  const slopeOf = slopes[metric.name];
  if (!slopeOf || scope.kind === 'endpoint' || pairs.length === 0) return null;
  const logRatios: number[] = [];
  for (const { baseline, candidate } of pairs) {
    const [before, after] = [baseline.machine.speedProbeMs, candidate.machine.speedProbeMs];
    if (before === null || after === null || before <= 0 || after <= 0) return null;
    logRatios.push(Math.log(after) - Math.log(before));
  }
  const trials = pairs.flatMap(({ baseline, candidate }) => [baseline, candidate]);
  return untouched({ slope: slopeOf(trials, latency), logRatios }, firstStage);
}

/**
 * The adjustment itself, unless its readings say that a variant touched the probe. With `--until` the first stage alone decides: its
 * spread has fixed the number of blocks, so what that was the spread of must not change afterwards.
 */
export function untouched(
  adjustment: SpeedAdjustment,
  firstStage = adjustment.logRatios.length,
): SpeedAdjustment | 'touched' {
  return isTouched(adjustment.logRatios.slice(0, firstStage)) ? 'touched' : adjustment;
}

/** Mean slowness of the candidate's trials against the baseline's as a factor (1.02: 2 % slower). */
export function meanSlowness({ logRatios }: SpeedAdjustment): number {
  return Math.exp(mean(logRatios));
}

type SlopeOf = (trials: readonly AnyTrial[], latency: LatencyReader) => number;

/** CPU time stretches as the machine slows down; a rate shrinks; latency stretches by as much of it as is CPU time. */
const slopes: Readonly<Record<string, SlopeOf>> = {
  cpu_ms_per_request: () => 1,
  capacity_cpu_ms_per_request: () => 1,
  latency_mean_ms: (trials, latency) => {
    const shares = trials.flatMap((trial) => {
      const meanMs = latencyMeanMs(latency.total(trial));
      return trial.requests > 0 && meanMs !== null && meanMs > 0 ? [cpuMs(trial) / trial.requests / meanMs] : [];
    });
    return shares.length === 0 ? 0 : Math.min(1, mean(shares));
  },
  capacity_rps: (trials) => {
    const busyCores = mean(trials.map((trial) => cpuMs(trial) / 1000 / Math.max(trial.durationSeconds, 1e-9)));
    // One busy core is all that a process under the GIL can use; beyond, it is several processes that are busy.
    return -Math.min(1, busyCores);
  },
};

function cpuMs({ cpuSeconds }: AnyTrial): number {
  return 1000 * (cpuSeconds.user + cpuSeconds.system);
}

function isTouched(logRatios: readonly number[]): boolean {
  const blocks = logRatios.length;
  if (blocks < 3) return false;
  const standardError = sampleSd(logRatios) / Math.sqrt(blocks);
  return Math.abs(mean(logRatios)) > studentQuantile((1 + touchedLevel) / 2, blocks - 1) * standardError;
}
