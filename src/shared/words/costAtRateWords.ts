import { costAtRate, splitCosts, type CostBlock, type CostSplit } from '../effects/costSplit';
import type { LatencyReader } from '../effects/latencyReader';
import { pairBlocks } from '../effects/pairBlocks';
import type { ComparisonRecord } from '../record';
import { formatNumber, formatPercent } from './formatNumber';

/** Marginal and standing cost of a candidate against the baseline, block by block, or why they cannot be told apart. */
export function splitOfRecord(record: ComparisonRecord, candidate: string, latency: LatencyReader): CostSplit {
  const baseline = record.variants[0]?.name ?? '';
  const { scenario, capacity } = pairBlocks(record.trials, record.capacity, baseline, candidate);
  return splitCosts(scenario, capacity, latency);
}

/** `+1.4 % of a core (95 % CI +0.9 to +1.9)`: what a candidate adds at that rate. */
export function costAtRateWords(blocks: readonly CostBlock[], ratePerSecond: number): string {
  const { addedCores, interval } = costAtRate(blocks, ratePerSecond);
  const points = (cores: number): string => signed(cores * 100);
  const range = interval
    ? ` (${formatPercent(interval.level)} CI ${points(interval.low)} to ${points(interval.high)})`
    : '';
  return `${points(addedCores)} % of a core${range}`;
}

function signed(value: number): string {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}
