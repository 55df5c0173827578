import { estimateRateDifference, pooledCounts, rateInterval, rateOf, type Counts } from '../statistics/rateDifference';
import { tooFewBlocks, type ComparisonOptions } from './compareMeans';
import { effectFigures, type EffectFigures } from './effectFigures';
import { ordinaryLevel } from './headlineLevel';
import { smallestEffectOf } from './smallestEffectOf';

/** The effect on the error rate: difference of the pooled rates, by exact binomial bounds. Each block must have requests. */
export function compareRates(
  baseline: readonly Counts[],
  candidate: readonly Counts[],
  options: Omit<ComparisonOptions, 'seed'>,
): EffectFigures {
  const { metric, level, firstStage, notes = [] } = options;
  const baselineMean = rateOf(pooledCounts(baseline));
  const tooFew = tooFewBlocks(candidate.length);
  return effectFigures({
    metric,
    baselineMean,
    candidateMean: rateOf(pooledCounts(candidate)),
    blocks: candidate.length,
    smallestEffect: smallestEffectOf(metric, options.smallestEffect, baselineMean),
    level,
    candidateInterval: tooFew ? null : rateInterval(candidate, ordinaryLevel, firstStage),
    estimate: tooFew ? null : estimateRateDifference(baseline, candidate, firstStage),
    notes: tooFew ? [...notes, tooFew] : notes,
    isJudged: true,
  });
}
