import { describe, expect, test } from 'vitest';
import {
  normalDeviate,
  syntheticCapacityTrial,
  syntheticLatency,
  syntheticTrial,
  syntheticVariants,
} from '../../../test/fixtures/syntheticTrials';
import { randomStream } from '../random';
import type { CapacityTrial, Effect, Trial } from '../record';
import { costAtRateWords } from '../words/costAtRateWords';
import { computeEffects } from './computeEffects';
import { costAtRate, splitCosts } from './costSplit';
import { createLatencyReader } from './latencyReader';
import { pairBlocks } from './pairBlocks';

const [without, withInsights] = syntheticVariants;

interface World {
  readonly marginalMs: number;
  readonly standingMs: number;
}
const truth = {
  [without]: { marginalMs: 2, standingMs: 10 },
  [withInsights]: { marginalMs: 2.5, standingMs: 16 },
} satisfies Record<string, World>;

/** An app with one endpoint at 20 requests/s and, busy, at 400: CPU = marginal · requests + standing · seconds, times the machine. */
const busyLatency = { 'GET /': syntheticLatency(400, 20, randomStream(1, 'latency')) };

function world(blocks: number, noise: number, slowness: (block: number, index: number) => number = () => 1, seed = 1) {
  const random = randomStream(seed, 'split');
  const trials: Trial[] = [];
  const capacity: CapacityTrial[] = [];
  for (let block = 0; block < blocks; block += 1) {
    for (const [index, variant] of syntheticVariants.entries()) {
      const { marginalMs, standingMs } = truth[variant];
      const cpu = (requests: number, seconds: number, factor: number) => ({
        user:
          ((marginalMs * requests + standingMs * seconds) / 1000) * factor * Math.exp(noise * normalDeviate(random)),
        system: 0,
      });
      const [slow, slowBusy] = [slowness(block, index), slowness(block, index + 2)];
      const base = syntheticTrial({ variant, block });
      const endpoint = base.endpoints['GET /']!;
      trials.push({
        ...base,
        requests: 400,
        durationSeconds: 20,
        cpuSeconds: cpu(400, 20, slow),
        endpoints: { 'GET /': { ...endpoint, requests: 400 } },
        machine: { ...base.machine, speedProbeMs: 0.4 * slow },
      });
      const busy = syntheticCapacityTrial({ variant, block });
      capacity.push({
        ...busy,
        requests: 4000,
        durationSeconds: 10,
        cpuSeconds: cpu(4000, 10, slowBusy),
        latency: busyLatency,
        machine: { ...busy.machine, speedProbeMs: 0.4 * slowBusy },
      });
    }
  }
  return { trials, capacity };
}

function splitOf({
  trials,
  capacity,
}: {
  readonly trials: readonly Trial[];
  readonly capacity: readonly CapacityTrial[];
}) {
  const pairs = pairBlocks(trials, capacity, without, withInsights);
  return splitCosts(pairs.scenario, pairs.capacity, createLatencyReader());
}

function blocksOf(split: ReturnType<typeof splitOf>) {
  if ('reason' in split) throw new Error(split.reason);
  return split.blocks;
}

const splitMetrics = ['cpu_marginal_ms_per_request', 'cpu_standing_ms_per_second'];

function effectsOf(measured: ReturnType<typeof world>): readonly Effect[] {
  return computeEffects({ ...measured, variants: [...syntheticVariants], headline: [], seed: 1 }).filter(
    ({ metric, scope }) => scope.kind === 'total' && splitMetrics.includes(metric),
  );
}

function holds(effect: Effect | undefined, truth: number): boolean {
  const interval = effect?.difference?.interval95;
  return interval !== undefined && interval.low <= truth && truth <= interval.high;
}

describe('marginal and standing cost', () => {
  test('are told apart exactly where nothing is noisy', () => {
    for (const { baseline, candidate } of blocksOf(splitOf(world(3, 0)))) {
      expect(baseline.marginalMsPerRequest).toBeCloseTo(2, 9);
      expect(baseline.standingMsPerSecond).toBeCloseTo(10, 9);
      expect(candidate.marginalMsPerRequest).toBeCloseTo(2.5, 9);
      expect(candidate.standingMsPerSecond).toBeCloseTo(16, 9);
    }
  });

  test('are taken at one machine speed', () => {
    const uneven = world(8, 0, (block, index) => 1 + 0.1 * ((block * 3 + index) % 4));
    const [first, second] = blocksOf(splitOf(uneven));
    expect(second!.candidate.standingMsPerSecond / first!.candidate.standingMsPerSecond).toBeCloseTo(1, 9);
    expect(first!.candidate.standingMsPerSecond / first!.baseline.standingMsPerSecond).toBeCloseTo(1.6, 9);
  });

  test('become effects of the registry, with intervals that hold the truth in 93 % or more', () => {
    const repetitions = 200;
    const inside = { marginal: 0, standing: 0 };
    for (let seed = 1; seed <= repetitions; seed += 1) {
      const effects = effectsOf(world(6, 0.01, undefined, seed));
      const [marginal, standing] = effects;
      expect([marginal?.unit, standing?.unit]).toEqual(['ms', 'ms/s']);
      if (holds(marginal, 0.5)) inside.marginal += 1;
      if (holds(standing, 6)) inside.standing += 1;
    }
    expect(inside.marginal / repetitions).toBeGreaterThanOrEqual(0.93);
    expect(inside.standing / repetitions).toBeGreaterThanOrEqual(0.93);
  });

  test('are not claimed when the two loads ask for different mixes, run at nearly one rate, or capacity is missing', () => {
    const sound = world(3, 0);
    const otherMix = sound.capacity.map((trial) => ({
      ...trial,
      latency: { 'GET /': trial.latency['GET /']!, 'GET /api/data/': trial.latency['GET /']! },
    }));
    expect(splitOf({ ...sound, capacity: otherMix })).toEqual({
      reason: expect.stringContaining('another mix') as string,
    });
    const slowBusy = sound.capacity.map((trial) => ({ ...trial, requests: 300 }));
    expect(splitOf({ ...sound, capacity: slowBusy })).toEqual({
      reason: expect.stringContaining('not far enough') as string,
    });
    expect(splitOf({ ...sound, capacity: [] })).toEqual({ reason: expect.stringContaining('not measured') as string });
  });

  test('predict the cost at any rate', () => {
    const blocks = blocksOf(splitOf(world(4, 0)));
    // (0.5 ms · 30 + 6 ms) / 1000
    expect(costAtRate(blocks, 30).addedCores).toBeCloseTo(0.021, 9);
    expect(costAtRate(blocks, 30).baselineCores).toBeCloseTo(0.07, 9);
    expect(costAtRate(blocks.slice(0, 2), 30).interval).toBeNull();
    expect(costAtRateWords(blocks, 30)).toBe('+2.1 % of a core (95 % CI +2.1 to +2.1)');
  });
});
