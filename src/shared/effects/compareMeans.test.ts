import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { metricNamed, metrics } from '../metrics';
import { compareMeans, type ValuePair } from './compareMeans';
import { smallerThanMatters, type EffectFigures } from './effectFigures';

const cpu = metricNamed('cpu_ms_per_request');
const throughput = metricNamed('throughput_rps');
const rss = metricNamed('rss_mean_mb');

function compare(name: string, pairs: readonly ValuePair[], level = 0.95): EffectFigures {
  const metric = metricNamed(name);
  return compareMeans(pairs, metric.resolution, { metric, level, seed: 1 });
}

const pairsOf = (baseline: readonly number[], candidate: readonly number[]): ValuePair[] =>
  baseline.map((value, block) => ({ baseline: value, candidate: candidate[block] ?? NaN }));
const swapped = (pairs: readonly ValuePair[]): ValuePair[] =>
  pairs.map(({ baseline, candidate }) => ({ baseline: candidate, candidate: baseline }));

const compared = metrics.filter(
  ({ scale, percentile, name }) => scale !== 'value' && percentile === null && name !== 'error_rate',
);
const anyMetric = fc.constantFrom(...compared);
const anyPairs = fc
  .tuple(fc.double({ min: -0.2, max: 0.2, noNaN: true }), fc.double({ min: 0, max: 0.3, noNaN: true }))
  .chain(([effect, noise]) =>
    fc.array(
      fc
        .tuple(fc.double({ min: 1, max: 200, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
        .map(([baseline, deviation]) => ({ baseline, candidate: baseline * Math.exp(effect + noise * deviation) })),
      { minLength: 3, maxLength: 16 },
    ),
  );

describe('the effect on a mean', () => {
  test('of a ratio is the geometric mean over blocks, its difference the same seen from the baseline', () => {
    const { ratio, difference } = compare('cpu_ms_per_request', pairsOf([4, 5, 6], [4.4, 5.2, 6.6]));
    expect(ratio?.estimate).toBeCloseTo((1.1 * 1.04 * 1.1) ** (1 / 3), 12);
    expect(difference?.estimate).toBeCloseTo(5 * ((ratio?.estimate ?? 0) - 1), 12);
    expect(difference?.low).toBeCloseTo(5 * ((ratio?.low ?? 0) - 1), 12);
    expect(difference?.interval95.high).toBeCloseTo(5 * ((ratio?.interval95.high ?? 0) - 1), 12);
  });

  test('flips every sign exactly when the variants are swapped', () => {
    fc.assert(
      fc.property(anyMetric, anyPairs, (metric, pairs) => {
        const options = { metric, level: 0.9875, seed: 3 };
        const there = compareMeans(pairs, metric.resolution, options);
        const back = compareMeans(swapped(pairs), metric.resolution, options);
        if (metric.scale === 'difference') {
          expect((back.difference?.estimate ?? NaN) + 0).toBe(-(there.difference?.estimate ?? NaN) + 0);
          expect((back.difference?.low ?? NaN) + 0).toBe(-(there.difference?.high ?? NaN) + 0);
        } else {
          // Up to rounding: a mean of logarithms that is 0 may come out as ±1e-17.
          expect((back.ratio?.estimate ?? NaN) * (there.ratio?.estimate ?? NaN)).toBeCloseTo(1, 12);
          expect((back.ratio?.low ?? NaN) * (there.ratio?.high ?? NaN)).toBeCloseTo(1, 12);
        }
        const flipped = { increase: 'decrease', decrease: 'increase' } as const;
        if (there.verdict === 'increase' || there.verdict === 'decrease')
          expect(back.verdict).toBe(flipped[there.verdict]);
        else expect(back.verdict).not.toMatch(/crease/);
      }),
      { numRuns: 300 },
    );
  });

  test('never lets the interval and the word disagree', () => {
    fc.assert(
      fc.property(anyMetric, anyPairs, fc.constantFrom(0.95, 0.9875), (metric, pairs, level) => {
        const { verdict, ratio, difference, smallestEffect, note } = compareMeans(pairs, metric.resolution, {
          metric,
          level,
          seed: 3,
        });
        if (!difference) throw new Error('no estimate');
        expect(verdict === 'increase').toBe(difference.low > 0);
        expect(verdict === 'decrease').toBe(difference.high < 0);
        if (ratio) expect(verdict === 'increase').toBe(ratio.low > 1);
        const { low, high } = difference.equivalence;
        if (verdict === 'equivalent' || note?.includes(smallerThanMatters)) {
          expect(Math.max(-low, high)).toBeLessThan(smallestEffect ?? 0);
        }
        if (verdict === 'inconclusive' && smallestEffect !== null && !ratio) {
          expect(Math.max(-low, high)).toBeGreaterThanOrEqual(smallestEffect);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('takes equal readings of a coarse scale for no certainty', () => {
    const one = compare('throughput_rps', pairsOf([5, 5, 5, 5, 5, 5], [4.97, 4.97, 4.97, 4.97, 4.97, 4.97]));
    expect(one.verdict).toBe('inconclusive');
    const finer = compareMeans(pairsOf([5, 5, 5], [4.97, 4.97, 4.97]), 0, { metric: throughput, level: 0.95, seed: 1 });
    expect(finer.verdict).toBe('decrease');
  });

  test('says nothing of fewer than three blocks but the means', () => {
    const figures = compare('cpu_ms_per_request', pairsOf([4, 5], [5, 6]));
    expect(figures).toEqual({
      baselineMean: 4.5,
      candidateMean: 5.5,
      blocks: 2,
      smallestEffect: 0.09,
      difference: null,
      ratio: null,
      candidateInterval: null,
      verdict: null,
      note: 'too few blocks: 2 of at least 3',
    });
  });

  test('has no ratio of zero, and says so', () => {
    const figures = compare('cpu_ms_per_request', pairsOf([0, 5, 5], [5, 6, 6]));
    expect(figures).toMatchObject({
      ratio: null,
      difference: null,
      verdict: null,
      note: 'no ratio: zero in at least one block',
    });
    expect(JSON.stringify(compare('events_per_request', pairsOf([0, 0, 0], [0, 0, 0])))).not.toContain('null,"low"');
  });

  test('is real but smaller than what matters where both hold', () => {
    const figures = compare('rss_mean_mb', pairsOf([84, 84, 84, 84, 84, 84], [86.5, 86.6, 86.7, 86.6, 86.5, 86.6]));
    expect(figures).toMatchObject({ verdict: 'increase', note: smallerThanMatters, ratio: null, smallestEffect: 5 });
  });

  test('takes the smallest effect from the user before the registry, and the larger of two', () => {
    const pairs = pairsOf([84, 84, 84], [86, 86.5, 87]);
    const options = { metric: rss, level: 0.95, seed: 1 };
    expect(
      compareMeans(pairs, 0.1, { ...options, smallestEffect: { relative: 0.1, absolute: 2 } }).smallestEffect,
    ).toBeCloseTo(8.4, 12);
    expect(compareMeans(pairs, 0.1, { ...options, smallestEffect: { absolute: 0.5 } }).smallestEffect).toBe(0.5);
    expect(compareMeans(pairs, 0.1, { ...options, metric: cpu }).smallestEffect).toBeCloseTo(1.68, 12);
  });

  test('notes a claim of which the permutation test is far less sure, and no other', () => {
    const differing = (differences: readonly number[]): EffectFigures =>
      compare(
        'context_switches_per_request',
        differences.map((value) => ({ baseline: 13, candidate: 13 + value })),
      );
    expect(differing([-0.01, -0.01, 1, 1, 1, 1])).toMatchObject({
      verdict: 'increase',
      note: 'a permutation test is less sure (p = 0.13)',
    });
    expect(differing([0.8, 0.9, 1, 1, 1, 1])).not.toHaveProperty('note');
  });

  test('advises blocks for an inconclusive effect only', () => {
    expect(compare('cpu_ms_per_request', pairsOf([5, 5, 5, 5], [5.6, 4.9, 5.7, 5])).blocksToSettle).toBeGreaterThan(4);
    expect(compare('cpu_ms_per_request', pairsOf([5, 5, 5, 5], [6, 6.1, 6, 6.1]))).not.toHaveProperty('blocksToSettle');
  });
});
