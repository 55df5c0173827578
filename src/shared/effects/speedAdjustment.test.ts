import { describe, expect, test } from 'vitest';
import { syntheticCapacityTrial, syntheticTrial, syntheticVariants } from '../../../test/fixtures/syntheticTrials';
import { metricNamed } from '../metrics';
import type { CapacityTrial, Trial } from '../record';
import { computeEffects } from './computeEffects';
import { createLatencyReader } from './latencyReader';
import type { TrialPair } from './pairBlocks';
import { speedAdjustment, touchedProbe } from './speedAdjustment';

const total = { kind: 'total' } as const;
const [without, withInsights] = syntheticVariants;

/** Blocks in which the machine was slower by these factors beside baseline and candidate; the probe took 0.4 ms at its best. */
function trialsAt(speeds: readonly (readonly [number, number])[]): Trial[] {
  return speeds.flatMap((factors, block) =>
    syntheticVariants.map((variant, index) => {
      const trial = syntheticTrial({ variant, block });
      const slowness = factors[index] ?? 1;
      return {
        ...trial,
        cpuSeconds: { user: 2 * slowness * (variant === withInsights ? 1.1 : 1), system: 0 },
        machine: { ...trial.machine, speedProbeMs: 0.4 * slowness },
      };
    }),
  );
}

function pairsOf(trials: readonly Trial[]): TrialPair<Trial>[] {
  return trials
    .filter(({ variant }) => variant === without)
    .flatMap((baseline) => {
      const candidate = trials.find(({ variant, block }) => variant === withInsights && block === baseline.block);
      return candidate ? [{ block: baseline.block, baseline, candidate }] : [];
    });
}

const uneven = [
  [1, 1.3],
  [1.2, 1],
  [1.1, 1.15],
  [1, 0.95],
] as const;

describe('adjusting for the machine’s speed', () => {
  const effectsOf = (trials: readonly Trial[], capacity: readonly CapacityTrial[] = []) =>
    computeEffects({ trials, capacity, variants: [...syntheticVariants], headline: ['cpu_ms_per_request'], seed: 1 });
  const cpu = (trials: readonly Trial[]) => {
    const effect = effectsOf(trials).find(
      ({ metric, scope }) => metric === 'cpu_ms_per_request' && scope.kind === 'total',
    );
    if (!effect?.ratio) throw new Error('no effect on CPU per request');
    return { ...effect, ratio: effect.ratio };
  };

  test('finds the effect as it would be on an even machine, and keeps what was measured beside it', () => {
    const effect = cpu(trialsAt(uneven));
    expect(effect.ratio.estimate).toBeCloseTo(1.1, 6);
    expect(effect.verdict).toBe('increase');
    expect(effect.raw?.ratio?.estimate).toBeCloseTo(
      1.1 * Math.exp((Math.log(1.3) - Math.log(1.2) + Math.log(1.15 / 1.1) + Math.log(0.95)) / 4),
      6,
    );
    expect(effect.raw?.ratio?.low).toBeLessThan(1);
    expect(effect.adjustment).toEqual({ by: 'speed_probe', slope: 1, slowness: expect.closeTo(1.0185, 4) as number });
  });

  test('swapping the variants turns it round', () => {
    const trials = trialsAt(uneven);
    const [there] = [cpu(trials)];
    const back = computeEffects({
      trials,
      capacity: [],
      variants: [...syntheticVariants].reverse(),
      headline: ['cpu_ms_per_request'],
      seed: 1,
    })[0];
    expect(back?.ratio?.estimate).toBeCloseTo(1 / there.ratio.estimate, 12);
    expect(back?.ratio?.low).toBeCloseTo(1 / there.ratio.high, 12);
    expect(back?.adjustment?.slowness).toBeCloseTo(1 / (there.adjustment?.slowness ?? 0), 12);
  });

  test('is left out where a trial has no reading, and nothing is said of it', () => {
    const trials = trialsAt(uneven).map((trial, index) =>
      index === 3 ? { ...trial, machine: { ...trial.machine, speedProbeMs: null } } : trial,
    );
    const effect = cpu(trials);
    expect(effect.raw).toBeUndefined();
    expect(effect.adjustment).toBeUndefined();
  });

  test('is not used, and that is said, when the probe itself was slower beside one variant in every block', () => {
    const effect = cpu(
      trialsAt([
        [1, 1.031],
        [1, 1.03],
        [1, 1.029],
        [1, 1.03],
        [1, 1.031],
        [1, 1.029],
      ]),
    );
    expect(effect.raw).toBeUndefined();
    expect(effect.note).toContain(touchedProbe);
  });

  test('leaves metrics alone that do not follow the speed of the CPU, and single endpoints', () => {
    const adjusted = effectsOf(trialsAt(uneven)).filter(({ adjustment }) => adjustment);
    expect(adjusted.map(({ metric, scope }) => `${metric} ${scope.kind}`)).toEqual([
      'cpu_ms_per_request total',
      'latency_mean_ms total',
      'cpu_ms_per_request companion',
    ]);
  });
});

describe('the slope', () => {
  const slopeOf = (
    metric: string,
    pairs: readonly TrialPair<Trial>[] | readonly TrialPair<CapacityTrial>[],
  ): number => {
    const found = speedAdjustment(
      metricNamed(metric),
      total,
      pairs as readonly TrialPair<Trial>[],
      createLatencyReader(),
    );
    if (found === null || found === 'touched') throw new Error(`no adjustment: ${found}`);
    return found.slope;
  };

  test('of latency is the share of it that is CPU time, and never more than 1', () => {
    const trials = trialsAt(uneven);
    expect(slopeOf('latency_mean_ms', pairsOf(trials))).toBe(1);
    // 2.4 to 6 ms of latency, of which 0.5 ms is CPU.
    const waiting = trials.map((trial) => ({ ...trial, cpuSeconds: { user: 0.2, system: 0 } }));
    expect(slopeOf('latency_mean_ms', pairsOf(waiting))).toBeGreaterThan(0.08);
    expect(slopeOf('latency_mean_ms', pairsOf(waiting))).toBeLessThan(0.25);
  });

  test('of capacity is minus the cores that it kept busy, at most one', () => {
    const pairs = [0, 1, 2].map((block) => {
      const of = (variant: string) => {
        const trial = syntheticCapacityTrial({ variant, block });
        return {
          ...trial,
          machine: { ...trial.machine, speedProbeMs: 0.4 + 0.01 * block * (variant === without ? 1 : 2) },
        };
      };
      return { block, baseline: of(without), candidate: of(withInsights) };
    });
    expect(slopeOf('capacity_rps', pairs)).toBeCloseTo(-0.94, 6);
    const manyCores = pairs.map(({ block, baseline, candidate }) => ({
      block,
      baseline: { ...baseline, cpuSeconds: { user: 18, system: 0 } },
      candidate: { ...candidate, cpuSeconds: { user: 18, system: 0 } },
    }));
    expect(slopeOf('capacity_rps', manyCores)).toBe(-1);
  });
});
