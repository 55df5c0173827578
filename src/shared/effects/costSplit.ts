import type { Metric } from '../metrics';
import type { CapacityTrial, Trial } from '../record';
import { analyseCovariance } from '../statistics/covariance';
import { mean } from '../statistics/mean';
import { studentInterval } from '../statistics/studentInterval';
import { totalCpuSeconds } from '../totalCpuSeconds';
import { fewestBlocks } from './effectFigures';
import { ordinaryLevel } from './headlineLevel';
import type { LatencyReader } from './latencyReader';
import { fewestAdjustedBlocks, slownessOf, speedProbeMs } from './machineSlowness';
import type { TrialPair } from './pairBlocks';

/** What CPU is made of in one variant: CPU = marginal · requests + standing · seconds. */
export interface SplitCost {
  readonly marginalMsPerRequest: number;
  /** Flush threads, TLS, timers: whatever is spent however few requests there are. */
  readonly standingMsPerSecond: number;
}

export interface CostBlock {
  readonly block: number;
  readonly baseline: SplitCost;
  readonly candidate: SplitCost;
}

/** Or why the two cannot be told apart here. */
export type CostSplit = { readonly blocks: readonly CostBlock[] } | { readonly reason: string };

/** Rates that are nearer than this say nothing about the seconds between requests. */
const leastRateRatio = 2;
/** Shares of the requests that may differ between the two loads, in all (total variation distance). */
const mostMixDifference = 0.05;

/**
 * Marginal and standing cost of both variants, block by block, from the block's two loads: the scenario's CPU per request at its
 * rate and that of the closed loop at its own. With y = CPU per request and s = seconds per request, y = marginal + standing · s.
 * From six blocks on, CPU is taken at each load's mean machine speed, as far as it followed the speed.
 *
 * Only when both loads ask for the same mix of requests: else the difference of the mixes would pass for a standing cost.
 */
export function splitCosts(
  scenario: readonly TrialPair<Trial>[],
  capacity: readonly TrialPair<CapacityTrial>[],
  latency: LatencyReader,
): CostSplit {
  const joined = scenario.flatMap((atRate) => {
    const busy = capacity.find(({ block }) => block === atRate.block);
    return busy ? [{ block: atRate.block, atRate, busy }] : [];
  });
  if (joined.length === 0) return { reason: 'needs both loads, and capacity was not measured' };
  const isSameMix =
    mixDifference(
      joined.flatMap(({ atRate }) => [atRate.baseline, atRate.candidate]),
      joined.flatMap(({ busy }) => [busy.baseline, busy.candidate]),
      latency,
    ) <= mostMixDifference;
  if (!isSameMix) return { reason: 'the capacity load asks for another mix of requests than the scenario' };
  const speed = {
    atRate: speedScale(joined.map(({ atRate }) => atRate)),
    busy: speedScale(joined.map(({ busy }) => busy)),
  };
  const blocks = joined.flatMap(({ block, atRate, busy }): CostBlock[] => {
    const baseline = splitCost(atRate.baseline, busy.baseline, speed);
    const candidate = splitCost(atRate.candidate, busy.candidate, speed);
    return baseline && candidate ? [{ block, baseline, candidate }] : [];
  });
  return blocks.length === joined.length
    ? { blocks }
    : { reason: `the scenario's rate is not far enough below capacity (${leastRateRatio}× is needed)` };
}

/** What each block says of one of the two metrics. */
export function splitValues(
  metric: Metric,
  { blocks }: { readonly blocks: readonly CostBlock[] },
): { readonly baseline: number; readonly candidate: number }[] {
  const valueOf = (cost: SplitCost): number =>
    metric.name === 'cpu_marginal_ms_per_request' ? cost.marginalMsPerRequest : cost.standingMsPerSecond;
  return blocks.map(({ baseline, candidate }) => ({ baseline: valueOf(baseline), candidate: valueOf(candidate) }));
}

/** What a candidate costs more at a rate of the reader's own, in cores (0.014 = 1.4 % of a core). */
export interface CostAtRate {
  readonly baselineCores: number;
  readonly addedCores: number;
  /** Student's t over blocks at 95 %; null with fewer than three blocks. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: number } | null;
}

/** Predicted from the split: (marginal · rate + standing) / 1000 per block, candidate less baseline. */
export function costAtRate(blocks: readonly CostBlock[], ratePerSecond: number): CostAtRate {
  const coresOf = ({ marginalMsPerRequest, standingMsPerSecond }: SplitCost): number =>
    (marginalMsPerRequest * ratePerSecond + standingMsPerSecond) / 1000;
  const added = blocks.map(({ baseline, candidate }) => coresOf(candidate) - coresOf(baseline));
  const interval = blocks.length < fewestBlocks ? null : studentInterval(added, ordinaryLevel, 0);
  return {
    baselineCores: mean(blocks.map(({ baseline }) => coresOf(baseline))),
    addedCores: mean(added),
    interval: interval && { low: interval.low, high: interval.high, level: interval.level },
  };
}

type AnyTrial = Trial | CapacityTrial;
type SpeedScale = (trial: AnyTrial) => number;
interface LoadSpeeds {
  readonly atRate: SpeedScale;
  readonly busy: SpeedScale;
}

function splitCost(atRate: Trial, busy: CapacityTrial, speed: LoadSpeeds): SplitCost | null {
  if (atRate.requests === 0 || busy.requests === 0) return null;
  if (atRate.cpuSeconds === null || busy.cpuSeconds === null) return null;
  const secondsPerRequest = [atRate, busy].map(({ durationSeconds, requests }) => durationSeconds / requests);
  const [slow = 0, fast = 0] = secondsPerRequest;
  if (slow < fast * leastRateRatio) return null;
  const atRateMs = cpuMsPerRequest(atRate) / speed.atRate(atRate);
  const busyMs = cpuMsPerRequest(busy) / speed.busy(busy);
  const standingMsPerSecond = (atRateMs - busyMs) / (slow - fast);
  return { standingMsPerSecond, marginalMsPerRequest: busyMs - standingMsPerSecond * fast };
}

/**
 * What a trial's CPU is divided by: its machine's slowness against that of all trials under the same load, to the power by which CPU
 * follows it there (least squares over blocks; never the wrong way round). 1 where that is not known.
 */
function speedScale(pairs: readonly TrialPair<AnyTrial>[]): SpeedScale {
  const slowness = pairs.length < fewestAdjustedBlocks ? null : slownessOf(pairs);
  const effects = pairs.map(
    ({ baseline, candidate }) => Math.log(cpuMsPerRequest(candidate)) - Math.log(cpuMsPerRequest(baseline)),
  );
  const blocks = (slowness ?? []).map((covariate, block) => ({ covariate, value: effects[block] ?? Number.NaN }));
  const slope = analyseCovariance(blocks, 0)?.slope ?? 0;
  if (!(slope > 0)) return () => 1;
  const probes = pairs.flatMap(({ baseline, candidate }) => [speedProbeMs(baseline), speedProbeMs(candidate)]);
  const reference = Math.exp(mean(probes.map((ms) => Math.log(ms ?? Number.NaN))));
  return (trial) => ((speedProbeMs(trial) ?? reference) / reference) ** slope;
}

function cpuMsPerRequest(trial: AnyTrial): number {
  return (1000 * (totalCpuSeconds(trial) ?? Number.NaN)) / trial.requests;
}

/** Total variation distance between the endpoints' shares of the two loads: 0 the same mix, 1 nothing in common. */
function mixDifference(scenario: readonly Trial[], capacity: readonly CapacityTrial[], latency: LatencyReader): number {
  const asked = shares(
    scenario.flatMap(({ endpoints }) => Object.entries(endpoints).map(([name, { requests }]) => [name, requests])),
  );
  const busy = shares(
    capacity.flatMap((trial) =>
      Object.keys(trial.latency).map((name) => [name, latency.endpoint(trial, name)?.totalCount ?? 0]),
    ),
  );
  const names = new Set([...asked.keys(), ...busy.keys()]);
  return [...names].reduce((sum, name) => sum + Math.abs((asked.get(name) ?? 0) - (busy.get(name) ?? 0)), 0) / 2;
}

function shares(counts: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const byName = new Map<string, number>();
  for (const [name, count] of counts) byName.set(name, (byName.get(name) ?? 0) + count / Math.max(1, total));
  return byName;
}
