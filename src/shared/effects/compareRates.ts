import { estimateRateDifference, pooledCounts, rateInterval, rateOf, type Counts } from '../statistics/rateDifference';
import { tooFewBlocks, type ComparisonOptions } from './compareMeans';
import { crossCheck } from './crossCheck';
import { effectFigures, type EffectFigures } from './effectFigures';
import { ordinaryLevel } from './headlineLevel';
import { smallestEffectOf } from './smallestEffectOf';

/** The effect on the error rate: difference of the pooled rates, by exact binomial bounds. Each block must have requests. */
export function compareRates(
  baseline: readonly Counts[],
  candidate: readonly Counts[],
  options: ComparisonOptions,
): EffectFigures {
  const { metric, level, firstStage, notes = [] } = options;
  const baselineMean = rateOf(pooledCounts(baseline));
  const tooFew = tooFewBlocks(candidate.length);
  const estimate = tooFew ? null : estimateRateDifference(baseline, candidate, firstStage);
  const differences = candidate.map((counts, block) => {
    const before = baseline[block];
    return rateOf(counts) - (before ? rateOf(before) : 0);
  });
  return effectFigures({
    metric,
    baselineMean,
    candidateMean: rateOf(pooledCounts(candidate)),
    blocks: candidate.length,
    smallestEffect: smallestEffectOf(metric, options.smallestEffect, baselineMean),
    level,
    candidateInterval: tooFew ? null : rateInterval(candidate, ordinaryLevel, firstStage),
    estimate,
    notes: [...notes, ...(tooFew ? [tooFew] : []), ...(estimate ? crossCheck(differences, estimate, options) : [])],
    isJudged: true,
  });
}
