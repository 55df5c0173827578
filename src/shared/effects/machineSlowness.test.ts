import { describe, expect, test } from 'vitest';
import { syntheticTrial, syntheticVariants } from '../../../test/fixtures/syntheticTrials';
import type { CapacityTrial, Trial } from '../record';
import { computeEffects } from './computeEffects';
import { touchedProbe } from './machineSlowness';

const [, withInsights] = syntheticVariants;

/** Blocks in which the machine was slower by these factors beside baseline and candidate; the probe took 0.4 ms at its best. */
function trialsAt(speeds: readonly (readonly [number, number])[]): Trial[] {
  return speeds.flatMap((factors, block) =>
    syntheticVariants.map((variant, index) => {
      const trial = syntheticTrial({ variant, block });
      const slowness = factors[index] ?? 1;
      return {
        ...trial,
        cpuSeconds: { user: 2 * slowness * (variant === withInsights ? 1.1 : 1), system: 0 },
        machine: { ...trial.machine, speedProbeMeanMs: 0.4 * slowness },
      };
    }),
  );
}

const uneven = [
  [1, 1.3],
  [1.2, 1],
  [1.1, 1.15],
  [1, 0.95],
  [1.25, 1.2],
  [1.05, 1.1],
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
      1.1 * Math.exp(Math.log((1.3 / 1.2) * (1.15 / 1.1) * 0.95 * (1.2 / 1.25) * (1.1 / 1.05)) / 6),
      6,
    );
    expect(effect.raw?.ratio?.low).toBeLessThan(1);
    expect(effect.adjustment).toEqual({
      by: 'speed_probe',
      slope: expect.closeTo(1, 6) as number,
      slowness: expect.closeTo(1.01324, 5) as number,
      degreesOfFreedom: 4,
    });
  });

  test('is left out with fewer than six blocks, which do not tell how CPU follows the machine', () => {
    expect(cpu(trialsAt(uneven.slice(0, 5))).adjustment).toBeUndefined();
  });

  test('reads the median of records that have no mean', () => {
    const old = trialsAt(uneven).map(({ machine: { speedProbeMeanMs, ...machine }, ...trial }) => ({
      ...trial,
      machine: { ...machine, speedProbeMs: speedProbeMeanMs ?? null },
    }));
    expect(cpu(old).adjustment?.slope).toBeCloseTo(1, 6);
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
      index === 3 ? { ...trial, machine: { ...trial.machine, speedProbeMs: null, speedProbeMeanMs: null } } : trial,
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
