import { describe, expect, it } from 'vitest';
import type { Effect, Estimate } from '../record';
import { withInterval95, withWordInterval } from './frontInterval';

const estimate: Estimate = {
  estimate: 1.001,
  low: 0.99,
  high: 1.012,
  level: 0.9875,
  interval95: { low: 0.992, high: 1.01 },
  equivalence: { low: 0.994, high: 1.008, level: 0.9 },
};

const effect = (verdict: Effect['verdict']): Effect => ({
  scope: { kind: 'total' },
  metric: 'latency_mean_ms',
  unit: 'ms',
  family: 'headline',
  baseline: 'off',
  candidate: 'on',
  baselineMean: 10,
  candidateMean: 10.01,
  difference: estimate,
  ratio: estimate,
  candidateInterval: null,
  blocks: 5,
  smallestEffect: 0.2,
  verdict,
});

describe('withWordInterval', () => {
  it('puts the 90 % interval of an equivalence in front, on both scales, once and for all', () => {
    const shown = withWordInterval(effect('equivalent'));
    expect(shown.ratio).toMatchObject({ low: 0.994, high: 1.008, level: 0.9 });
    expect(shown.difference).toMatchObject({ low: 0.994, high: 1.008, level: 0.9 });
    expect(withWordInterval(shown)).toEqual(shown);
  });

  it.each(['increase', 'decrease', 'inconclusive', null] as const)('leaves the interval of "%s"', (verdict) => {
    expect(withWordInterval(effect(verdict))).toEqual(effect(verdict));
  });

  it('has nothing to put in front where nothing was estimated', () => {
    const bare = { ...effect('equivalent'), difference: null, ratio: null };
    expect(withWordInterval(bare)).toEqual(bare);
  });
});

describe('withInterval95', () => {
  it('shows every effect at 95 %', () => {
    expect(withInterval95(effect('equivalent')).ratio).toMatchObject({ low: 0.992, high: 1.01, level: 0.95 });
  });
});
