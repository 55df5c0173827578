import type { Metric } from '../metrics';
import type { SmallestEffect } from '../plan';
import { analyseCovariance } from '../statistics/covariance';
import { mean } from '../statistics/mean';
import { estimateMean, studentInterval } from '../statistics/studentInterval';
import { spreadsMoreLater } from '../statistics/twoStage';
import { crossCheck } from './crossCheck';
import { effectFigures, fewestBlocks, type EffectFigures } from './effectFigures';
import { ordinaryLevel } from './headlineLevel';
import { smallestEffectOf } from './smallestEffectOf';
import { meanSlowness } from './machineSlowness';

/** One block's value of a metric in both variants. */
export interface ValuePair {
  readonly baseline: number;
  readonly candidate: number;
}

export interface ComparisonOptions {
  readonly metric: Metric;
  /** Level of the interval that the word comes from. */
  readonly level: number;
  readonly smallestEffect?: SmallestEffect | undefined;
  /** With `--until`: how many of the blocks, from the first, fixed the number of all. */
  readonly firstStage?: number | undefined;
  readonly notes?: readonly string[];
  /** The standard deviation of a block's log ratio that the spread inside the trials alone implies; left out: not known. */
  readonly leastLogSd?: number | undefined;
  /** Per block, in the order of the values, the log of how much slower the machine was beside the candidate; null: as measured. */
  readonly slowness?: readonly number[] | null | undefined;
  readonly seed: number;
}

/**
 * The effect on a metric that has one value per trial: the mean over blocks of the log ratio or the difference, with
 * Student's t. The standard deviation is taken to be no smaller than `resolution`, in the metric's unit, nor than `leastLogSd`. With the machine's
 * slowness the log ratio is that at equal machine speed, and `raw` is what was measured.
 */
export function compareMeans(
  pairs: readonly ValuePair[],
  resolution: number,
  options: ComparisonOptions,
): EffectFigures {
  const { metric, level, firstStage = pairs.length, notes = [] } = options;
  const baselines = pairs.map(({ baseline }) => baseline);
  const candidates = pairs.map(({ candidate }) => candidate);
  const [baselineMean, candidateMean] = [mean(baselines), mean(candidates)];
  const parts = {
    metric,
    baselineMean,
    candidateMean,
    blocks: pairs.length,
    smallestEffect: smallestEffectOf(metric, options.smallestEffect, baselineMean),
    level,
    candidateInterval: studentInterval(candidates, ordinaryLevel, resolution, firstStage),
    isJudged: true,
  };
  const isLog = metric.scale === 'log';
  if (isLog && [...baselines, ...candidates].some((value) => value <= 0)) {
    return effectFigures({ ...parts, estimate: null, notes: [...notes, 'no ratio: zero in at least one block'] });
  }
  const tooFew = tooFewBlocks(pairs.length);
  if (tooFew) return effectFigures({ ...parts, estimate: null, notes: [...notes, tooFew] });
  const effects = pairs.map(({ baseline, candidate }) =>
    // Not log(candidate / baseline): the difference of logs changes its sign exactly when the variants are swapped.
    isLog ? Math.log(candidate) - Math.log(baseline) : candidate - baseline,
  );
  const floor = isLog ? resolution / Math.sqrt(baselineMean * candidateMean) : resolution;
  const leastSd = isLog ? (options.leastLogSd ?? 0) : 0;
  const raw = estimateMean(effects, floor, firstStage, leastSd);
  const slowness = isLog ? (options.slowness ?? []) : [];
  const covariance = analyseCovariance(
    slowness.map((covariate, block) => ({ covariate, value: effects[block] ?? Number.NaN })),
    floor,
    firstStage,
    leastSd,
  );
  if (!covariance) {
    const wider = spreadsMoreLater(effects, firstStage) ? [laterBlocksSpreadMore] : [];
    return effectFigures({
      ...parts,
      estimate: raw,
      notes: [...notes, ...wider, ...crossCheck(effects, raw, options)],
    });
  }
  const { estimate, slope, degreesOfFreedom, adjusted, isWiderLater } = covariance;
  return effectFigures({
    ...parts,
    estimate,
    adjusted: { from: raw, slope, slowness: meanSlowness(slowness), degreesOfFreedom },
    notes: [...notes, ...(isWiderLater ? [laterBlocksSpreadMore] : []), ...crossCheck(adjusted, estimate, options)],
  });
}

/** The note of an effect whose interval is wider than the first stage of `--until` let expect. */
export const laterBlocksSpreadMore = 'later blocks spread more than the first ones: the interval is that of all';

/** Why nothing may be said of so few blocks; null when there are enough. */
export function tooFewBlocks(blocks: number): string | null {
  return blocks < fewestBlocks ? `too few blocks: ${blocks} of at least ${fewestBlocks}` : null;
}
