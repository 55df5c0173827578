import type { LatencyHistogram } from '../latencyHistogram';
import { assertNever } from '../assertNever';
import { metrics, type Metric } from '../metrics';
import type { SmallestEffect } from '../plan';
import type { CapacityTrial, Effect, Trial } from '../record';
import type { Counts } from '../statistics/rateDifference';
import { compareMeans, type ComparisonOptions, type ValuePair } from './compareMeans';
import { comparePercentiles, poolLatency, type LatencyPool } from './comparePercentiles';
import { compareRates } from './compareRates';
import { splitCosts, splitValues, type CostSplit } from './costSplit';
import type { EffectFigures } from './effectFigures';
import { exitOnce, isExitCutShort } from './exitOnce';
import { headlineFamily, ordinaryLevel, type HeadlineFamily } from './headlineLevel';
import { leastLogSd } from './leastLogSd';
import { createLatencyReader, type LatencyReader } from './latencyReader';
import { pairBlocks, type TrialPair } from './pairBlocks';
import { readingResolution } from './readingResolution';
import { shownValues } from './shownValues';
import { machineSlowness, touchedProbe } from './machineSlowness';
import { scopedTrialValue, trialValue } from './trialValue';

export interface EffectsInput {
  readonly trials: readonly Trial[];
  readonly capacity: readonly CapacityTrial[];
  /** The first is the baseline, the others are candidates. */
  readonly variants: readonly string[];
  /** Metric names; the level of their intervals follows their number. */
  readonly headline: readonly string[];
  /** By metric name, in place of the registry's. */
  readonly smallestEffects?: Readonly<Record<string, SmallestEffect>>;
  /** Of the permutation test's sampled patterns. */
  readonly seed: number;
  /** With `--until`: the blocks of its first stage, which fixed the number of all. */
  readonly firstBlocks?: number | undefined;
  /** Only these metrics, of the whole target alone: for what needs no more. Left out: everything. */
  readonly only?: ReadonlySet<string>;
}

/**
 * Every effect of a comparison, candidate by candidate: all metrics of the whole target in the registry's order, then
 * those of each endpoint and each companion (exploratory). Only blocks that hold a trial of both variants count.
 * A metric that was measured in no block of one of the variants (PSS off Linux) has no effect; nothing in an effect is
 * ever NaN or infinite.
 */
export function computeEffects(input: EffectsInput): Effect[] {
  const [baseline, ...candidates] = input.variants;
  if (baseline === undefined) return [];
  const family = headlineFamily({
    headline: input.headline,
    candidates: candidates.length,
    hasCapacity: input.capacity.length > 0,
  });
  const latency = createLatencyReader();
  return candidates.flatMap((candidate) => {
    const blocks = pairBlocks(input.trials, input.capacity, baseline, candidate);
    const pair: Pair = { input, family, latency, baseline, candidate, ...blocks };
    if (input.only) return totalEffects(pair);
    return [...totalEffects(pair), ...endpointEffects(pair), ...companionEffects(pair)];
  });
}

interface Pair {
  readonly input: EffectsInput;
  readonly family: HeadlineFamily;
  readonly latency: LatencyReader;
  readonly baseline: string;
  readonly candidate: string;
  readonly scenario: readonly TrialPair<Trial>[];
  readonly capacity: readonly TrialPair<CapacityTrial>[];
}

type Scope = Effect['scope'];

const endpointMetrics = ['latency_mean_ms', 'latency_p50_ms', 'latency_p95_ms', 'error_rate'];
const companionMetrics = [
  'cpu_ms_per_request',
  'million_instructions_per_request',
  'rss_mean_mb',
  'rss_peak_mb',
  'pss_mean_mb',
  'threads',
  'fds',
  'context_switches_per_request',
  'disk_write_bytes_per_request',
  'worker_restarts',
];

function totalEffects(pair: Pair): Effect[] {
  const scope: Scope = { kind: 'total' };
  const { only } = pair.input;
  const wanted = only ? metrics.filter(({ name }) => only.has(name)) : metrics;
  const pools = wanted.some(({ percentile }) => percentile !== null)
    ? pooledLatency(pair, (trial) => pair.latency.total(trial))
    : null;
  const split = wanted.some(({ source }) => source === 'both')
    ? splitCosts(pair.scenario, pair.capacity, pair.latency)
    : null;
  return wanted.flatMap((metric) => {
    const family = pair.family.metrics.has(metric.name)
      ? 'headline'
      : metric.family === 'headline'
        ? 'secondary'
        : metric.family;
    const options = optionsFor(pair, metric, family === 'headline' ? pair.family.level : ordinaryLevel);
    const figures = totalFigures(pair, metric, { pools, split, options });
    return figures ? [effectOf(pair, metric, scope, family, figures)] : [];
  });
}

/** By the load, or loads, that the registry says a metric comes from. */
function totalFigures(
  pair: Pair,
  metric: Metric,
  parts: { readonly pools: Pools | null; readonly split: CostSplit | null; readonly options: ComparisonOptions },
): EffectFigures | null {
  const scope: Scope = { kind: 'total' };
  const { options } = parts;
  switch (metric.source) {
    case 'scenario':
      return scenarioFigures(pair, metric, scope, parts.pools, options);
    case 'capacity':
      return meansOf(pair, metric, scope, pair.capacity, (trial) => trialValue(metric, trial), options);
    case 'both':
      return parts.split === null || 'reason' in parts.split
        ? null
        : compareMeans(splitValues(metric, parts.split), metric.resolution, options);
    default:
      return assertNever(metric.source);
  }
}

function endpointEffects(pair: Pair): Effect[] {
  const names = new Set(
    pair.scenario.flatMap(({ baseline, candidate }) =>
      [baseline, candidate].flatMap(({ endpoints }) => Object.keys(endpoints)),
    ),
  );
  return [...names].flatMap((name) => {
    const pools = pooledLatency(pair, (trial) => pair.latency.endpoint(trial, name));
    return exploratoryEffects(pair, endpointMetrics, { kind: 'endpoint', name }, pools);
  });
}

function companionEffects(pair: Pair): Effect[] {
  const names = new Set(
    pair.scenario.flatMap(({ baseline, candidate }) =>
      [baseline, candidate].flatMap(({ companions }) => Object.keys(companions)),
    ),
  );
  return [...names].flatMap((name) => exploratoryEffects(pair, companionMetrics, { kind: 'companion', name }, null));
}

function exploratoryEffects(pair: Pair, names: readonly string[], scope: Scope, pools: Pools | null): Effect[] {
  return metrics
    .filter((metric) => names.includes(metric.name))
    .flatMap((metric) => {
      const figures = scenarioFigures(pair, metric, scope, pools, optionsFor(pair, metric, ordinaryLevel));
      return figures ? [effectOf(pair, metric, scope, 'exploratory', figures)] : [];
    });
}

/** The figures of a metric of the scenario's trials, by the way that the registry names for it. */
function scenarioFigures(
  pair: Pair,
  metric: Metric,
  scope: Scope,
  pools: Pools | null,
  options: ComparisonOptions,
): EffectFigures | null {
  if (metric.percentile !== null) {
    if (!pools) return null;
    const staged = { ...options, firstStage: pools.firstStage };
    return comparePercentiles(pools, metric.percentile, withMissing(staged, pair.scenario.length - pools.blocks));
  }
  if (metric.name === 'error_rate') return ratesOf(pair, scope, options);
  if (metric.name === 'shutdown_ms') {
    const of = (name: string): readonly Trial[] => pair.input.trials.filter(({ variant }) => variant === name);
    const candidate = of(pair.candidate);
    if (isExitCutShort(candidate)) return exitOnce(of(pair.baseline), candidate);
  }
  return meansOf(
    pair,
    metric,
    scope,
    pair.scenario,
    (trial) => scopedTrialValue(metric, trial, scope, pair.latency),
    options,
  );
}

function meansOf<T extends Trial | CapacityTrial>(
  pair: Pair,
  metric: Metric,
  scope: Scope,
  pairs: readonly TrialPair<T>[],
  valueOf: (trial: T) => number | null,
  options: ComparisonOptions,
): EffectFigures | null {
  const measured = pairs.flatMap(
    (trials): (ValuePair & { readonly block: number; readonly trials: TrialPair<T> })[] => {
      const [baseline, candidate] = [valueOf(trials.baseline), valueOf(trials.candidate)];
      return baseline === null || candidate === null ? [] : [{ baseline, candidate, block: trials.block, trials }];
    },
  );
  if (measured.length === 0) return null;
  if (metric.scale === 'value') return shownValues(metric, measured);
  const measuredPairs = measured.map(({ trials }) => trials);
  const trials = measuredPairs.flatMap(({ baseline, candidate }) => [baseline, candidate]);
  const firstStage = firstStageOf(measured, pair);
  const least = { leastLogSd: leastLogSd(metric, measuredPairs) };
  const found = withMissing({ ...options, ...least, firstStage }, pairs.length - measured.length);
  const slowness = machineSlowness(metric, scope, measuredPairs, firstStage);
  return compareMeans(
    measured,
    readingResolution(metric, trials),
    slowness === 'touched' ? { ...found, notes: [...(found.notes ?? []), touchedProbe] } : { ...found, slowness },
  );
}

function ratesOf(pair: Pair, scope: Scope, options: ComparisonOptions): EffectFigures | null {
  const countsOf = (trial: Trial): Counts | undefined =>
    scope.kind === 'endpoint' ? trial.endpoints[scope.name ?? ''] : trial;
  const measured = pair.scenario.flatMap((trials) => {
    const [baseline, candidate] = [countsOf(trials.baseline), countsOf(trials.candidate)];
    const isMeasured = baseline && candidate && baseline.requests > 0 && candidate.requests > 0;
    return isMeasured ? [{ baseline, candidate, block: trials.block }] : [];
  });
  if (measured.length === 0) return null;
  return compareRates(
    measured.map(({ baseline }) => baseline),
    measured.map(({ candidate }) => candidate),
    withMissing({ ...options, firstStage: firstStageOf(measured, pair) }, pair.scenario.length - measured.length),
  );
}

/** How many of the blocks belong to the first stage of `--until`; undefined without one. */
function firstStageOf(blocks: readonly { readonly block: number }[], { input }: Pair): number | undefined {
  const { firstBlocks } = input;
  return firstBlocks === undefined ? undefined : blocks.filter(({ block }) => block < firstBlocks).length;
}

interface Pools {
  readonly baseline: LatencyPool;
  readonly candidate: LatencyPool;
  readonly blocks: number;
  readonly firstStage: number | undefined;
}

/** The pools of the blocks in which both variants answered; null when there is none. */
function pooledLatency(pair: Pair, histogramOf: (trial: Trial) => LatencyHistogram | null): Pools | null {
  const answered = pair.scenario.flatMap((trials) => {
    const [baseline, candidate] = [histogramOf(trials.baseline), histogramOf(trials.candidate)];
    return baseline?.totalCount && candidate?.totalCount ? [{ baseline, candidate, block: trials.block }] : [];
  });
  if (answered.length === 0) return null;
  return {
    baseline: poolLatency(answered.map(({ baseline }) => baseline)),
    candidate: poolLatency(answered.map(({ candidate }) => candidate)),
    blocks: answered.length,
    firstStage: firstStageOf(answered, pair),
  };
}

function optionsFor(pair: Pair, metric: Metric, level: number): ComparisonOptions {
  return { metric, level, smallestEffect: pair.input.smallestEffects?.[metric.name], seed: pair.input.seed };
}

function withMissing(options: ComparisonOptions, missing: number): ComparisonOptions {
  return missing > 0 ? { ...options, notes: [`not measured in ${missing} of the blocks`] } : options;
}

function effectOf(pair: Pair, metric: Metric, scope: Scope, family: Effect['family'], figures: EffectFigures): Effect {
  return {
    metric: metric.name,
    scope,
    unit: metric.unit,
    family,
    baseline: pair.baseline,
    candidate: pair.candidate,
    ...figures,
  };
}
