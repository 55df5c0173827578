import { describe, expect, test } from 'vitest';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { metricNamed } from '../metrics';
import type { CapacityTrial } from '../record';
import { computeEffects } from './computeEffects';
import { leastLogSd } from './leastLogSd';

const { capacity, trials, headline } = syntheticRecord();
const [template] = capacity;
const variants = ['without_insights', 'with_insights'];

/** Three blocks whose rates agree within 0.1 %, 5 % apart; their seconds spread as `error` says. */
function agreeing(error: CapacityTrial['ownError']): CapacityTrial[] {
  if (template === undefined) throw new Error('There is no capacity trial.');
  return [500, 500.4, 499.7].flatMap((rps, block) =>
    variants.map((variant, index) => {
      const { ownError: _, ...trial } = template;
      const rate = rps * (index === 0 ? 1 : 0.95);
      return {
        ...trial,
        ...(error === undefined ? {} : { ownError: error }),
        variant,
        block,
        position: block * 2 + index,
        rps: rate,
        requests: Math.round(rate * trial.durationSeconds),
        disturbed: false,
      };
    }),
  );
}

function verdict(error: CapacityTrial['ownError']): string | null | undefined {
  const effects = computeEffects({ trials: [], capacity: agreeing(error), variants, headline, seed: 1 });
  return effects.find(({ metric }) => metric === 'capacity_rps')?.verdict;
}

describe('three blocks that agree', () => {
  test('as closely as their seconds let expect are a claim', () => {
    expect(verdict({ rps: 0.001, cpuPerRequest: 0.001 })).toBe('decrease');
  });

  test('more closely than their seconds let expect agree by chance', () => {
    expect(verdict({ rps: 0.03, cpuPerRequest: 0.03 })).toBe('inconclusive');
  });

  test('of an earlier version are judged by themselves', () => {
    expect(verdict(undefined)).toBe('decrease');
  });
});

describe('the least standard deviation of a block', () => {
  const trial = (rps: number): CapacityTrial => {
    if (template === undefined) throw new Error('There is no capacity trial.');
    return { ...template, ownError: { rps, cpuPerRequest: rps / 2 } };
  };
  const pair = (block: number, rps: number) => ({ block, baseline: trial(rps), candidate: trial(0.5) });
  const rate = metricNamed('capacity_rps');

  test("is that of two trials that spread as the baseline's do", () => {
    const pairs = [pair(0, 0.03), pair(1, 0.03), pair(2, 0.03)];
    expect(leastLogSd(rate, pairs)).toBeCloseTo(0.03 * Math.SQRT2, 9);
    expect(leastLogSd(metricNamed('capacity_cpu_ms_per_request'), pairs)).toBeCloseTo(0.015 * Math.SQRT2, 9);
    expect(leastLogSd(metricNamed('latency_mean_ms'), pairs)).toBeUndefined();
  });

  test('is not asked for where blocks tell their spread themselves', () => {
    expect(
      leastLogSd(
        rate,
        Array.from({ length: 5 }, (_, block) => pair(block, 0.03)),
      ),
    ).toBeDefined();
    expect(
      leastLogSd(
        rate,
        Array.from({ length: 6 }, (_, block) => pair(block, 0.03)),
      ),
    ).toBeUndefined();
  });

  test('is not known of scenario trials, nor where one trial does not tell', () => {
    const [baseline, candidate] = trials;
    if (!baseline || !candidate || !template) throw new Error('There are no trials.');
    expect(leastLogSd(metricNamed('cpu_ms_per_request'), [{ block: 0, baseline, candidate }])).toBeUndefined();
    const { ownError: _, ...silent } = template;
    expect(leastLogSd(rate, [pair(0, 0.03), { block: 1, baseline: silent, candidate: silent }])).toBeUndefined();
  });
});
