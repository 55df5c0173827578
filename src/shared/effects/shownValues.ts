import type { Metric } from '../metrics';
import { mean } from '../statistics/mean';
import type { ValuePair } from './compareMeans';
import type { EffectFigures } from './effectFigures';

/** A metric that is shown and never compared: the means of both variants, or for the slowest request that of all blocks. */
export function shownValues(metric: Metric, pairs: readonly ValuePair[]): EffectFigures {
  const summarise =
    metric.name === 'latency_max_ms' ? (values: readonly number[]): number => Math.max(...values) : mean;
  return {
    baselineMean: summarise(pairs.map(({ baseline }) => baseline)),
    candidateMean: summarise(pairs.map(({ candidate }) => candidate)),
    difference: null,
    ratio: null,
    candidateInterval: null,
    blocks: pairs.length,
    smallestEffect: null,
    verdict: null,
    note: 'shown, not compared',
  };
}
