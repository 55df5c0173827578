import { latencyPercentileMs, mergeLatency, type LatencyHistogram } from '../latencyHistogram';
import type { Metric } from '../metrics';
import { jackknifeEstimate, pseudoValues } from '../statistics/jackknife';
import { tooFewBlocks, type ComparisonOptions } from './compareMeans';
import { crossCheck } from './crossCheck';
import { effectFigures, type EffectFigures } from './effectFigures';
import { ordinaryLevel } from './headlineLevel';
import { smallestEffectOf } from './smallestEffectOf';

/** A percentile with fewer samples beyond it in the pool is marked and not judged. */
const fewestBeyond = 10;
/** Three significant digits in the histograms: no finer difference can be read. */
const histogramResolution = 0.001;

/** One variant's pool of a comparison: percentiles of all blocks together, and of all but one. */
export interface LatencyPool {
  readonly samples: number;
  percentileMs(percentile: number): number;
  withoutBlocksMs(percentile: number): readonly number[];
}

/** Pools one histogram per block. None of them may be empty, and there must be two or more for the leave-one-out. */
export function poolLatency(blocks: readonly LatencyHistogram[]): LatencyPool {
  const all = mergeLatency(blocks);
  const without = blocks.map((block) => {
    const others = mergeLatency([all]);
    others.subtract(block);
    return others;
  });
  const read = (histogram: LatencyHistogram, percentile: number): number =>
    latencyPercentileMs(histogram, percentile) ?? 0;
  return {
    samples: all.totalCount,
    percentileMs: (percentile) => read(all, percentile),
    withoutBlocksMs: (percentile) => without.map((histogram) => read(histogram, percentile)),
  };
}

/** The effect on a percentile of the pooled latencies: the log ratio, its interval by jackknife over blocks. */
export function comparePercentiles(
  pools: { readonly baseline: LatencyPool; readonly candidate: LatencyPool; readonly blocks: number },
  percentile: number,
  options: ComparisonOptions,
): EffectFigures {
  const { metric, level, firstStage, notes = [] } = options;
  const baselineMean = pools.baseline.percentileMs(percentile);
  const candidateMean = pools.candidate.percentileMs(percentile);
  const parts = {
    metric,
    baselineMean,
    candidateMean,
    blocks: pools.blocks,
    smallestEffect: smallestEffectOf(metric, options.smallestEffect, baselineMean),
    level,
    candidateInterval: null,
    isJudged: false,
  };
  const tooFew = tooFewBlocks(pools.blocks);
  if (tooFew) return effectFigures({ ...parts, estimate: null, notes: [...notes, tooFew] });
  const [before, after] = [logs(pools.baseline, percentile), logs(pools.candidate, percentile)];
  const beyond = Math.min(pools.baseline.samples, pools.candidate.samples) * (1 - percentile / 100);
  const hasEnoughBeyond = beyond >= fewestBeyond - 1e-9;
  const floor = Math.max(histogramResolution, metric.resolution / Math.sqrt(baselineMean * candidateMean));
  const logRatio = Math.log(candidateMean) - Math.log(baselineMean);
  const without = after.map((value, block) => value - (before[block] ?? 0));
  const estimate = jackknifeEstimate(logRatio, without, floor, firstStage);
  return effectFigures({
    ...parts,
    estimate,
    candidateInterval: ownInterval(candidateMean, after, metric, firstStage),
    notes: hasEnoughBeyond
      ? [...notes, ...crossCheck(pseudoValues(logRatio, without), estimate, options)]
      : [...notes, `only ${Math.floor(beyond)} requests beyond this percentile: not judged`],
    isJudged: hasEnoughBeyond,
  });
}

function ownInterval(
  candidateMean: number,
  logsWithout: readonly number[],
  metric: Metric,
  firstStage: number | undefined,
): { low: number; high: number } {
  const floor = Math.max(histogramResolution, metric.resolution / candidateMean);
  const own = jackknifeEstimate(Math.log(candidateMean), logsWithout, floor, firstStage);
  const { low, high } = own.intervalAt(ordinaryLevel);
  return { low: Math.exp(low), high: Math.exp(high) };
}

function logs(pool: LatencyPool, percentile: number): readonly number[] {
  return pool.withoutBlocksMs(percentile).map(Math.log);
}
