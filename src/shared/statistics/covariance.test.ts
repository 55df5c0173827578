import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseCovariance, type CovariateBlock } from './covariance';
import { estimateMean } from './studentInterval';

const covariates = [0.12, -0.05, 0.03, 0.2, -0.11, 0.07, -0.02];
const values = [0.21, 0.02, 0.09, 0.25, -0.04, 0.16, 0.05];
const blocks = values.map((value, block) => ({ value, covariate: covariates[block] ?? 0 }));

function analysed(given: readonly CovariateBlock[], floor = 0, firstStage?: number) {
  const found = analyseCovariance(given, floor, firstStage);
  if (!found) throw new Error('no covariance');
  return found;
}

const someBlocks = fc.array(
  fc.record({
    value: fc.double({ min: -1, max: 1, noNaN: true }),
    covariate: fc.double({ min: -1, max: 1, noNaN: true }),
  }),
  { minLength: 4, maxLength: 20 },
);

describe('the analysis of covariance', () => {
  test('is the intercept of ordinary least squares, with its interval', () => {
    const { estimate, slope, degreesOfFreedom } = analysed(blocks);
    // As statsmodels 0.14 gives them: OLS(values, add_constant(covariates)).
    expect(slope).toBeCloseTo(0.9874146758, 9);
    expect(estimate.estimate).toBeCloseTo(0.0718600683, 9);
    expect(degreesOfFreedom).toBe(5);
    expect(estimate.intervalAt(0.95).low).toBeCloseTo(0.0554188192, 8);
    expect(estimate.intervalAt(0.95).high).toBeCloseTo(0.0883013173, 8);
    expect(estimate.intervalAt(0.9875).low).toBeCloseTo(0.0474915634, 8);
    expect(estimate.intervalAt(0.9875).high).toBeCloseTo(0.0962285732, 8);
  });

  test('takes off what the covariate explains: without noise the effect is exact', () => {
    const { estimate, slope } = analysed(covariates.map((covariate) => ({ covariate, value: 0.1 + 0.8 * covariate })));
    expect(slope).toBeCloseTo(0.8, 12);
    expect(estimate.estimate).toBeCloseTo(0.1, 12);
    expect(estimate.intervalAt(0.95).high - estimate.intervalAt(0.95).low).toBeLessThan(1e-9);
  });

  test('turns round exactly when the variants are swapped', () => {
    fc.assert(
      fc.property(someBlocks, (given) => {
        const there = analyseCovariance(given, 0.001);
        const back = analyseCovariance(
          given.map(({ value, covariate }) => ({ value: -value, covariate: -covariate })),
          0.001,
        );
        // A zero keeps no side: the sum of nothing is +0 in both directions.
        expect(back === null ? null : back.estimate.estimate + 0).toBe(
          there === null ? null : 0 - there.estimate.estimate,
        );
        expect(back?.estimate.sd).toBe(there?.estimate.sd);
      }),
    );
  });

  test('grows with the values, and does not care for the covariate’s unit', () => {
    const { estimate } = analysed(blocks);
    const shifted = analysed(blocks.map(({ value, covariate }) => ({ value: value + 0.3, covariate: 7 * covariate })));
    expect(shifted.estimate.estimate).toBeCloseTo(estimate.estimate + 0.3, 12);
    expect(shifted.estimate.sd).toBeCloseTo(estimate.sd, 12);
  });

  test('a covariate that differs between the variants all the time makes the interval wide', () => {
    const far = blocks.map(({ value, covariate }) => ({ value, covariate: covariate + 1 }));
    expect(analysed(far).estimate.sd).toBeGreaterThan(5 * analysed(blocks).estimate.sd);
  });

  test('is none where the covariate does not vary, or for two blocks', () => {
    expect(analyseCovariance([], 0)).toBeNull();
    expect(analyseCovariance(blocks.slice(0, 2), 0)).toBeNull();
    expect(
      analyseCovariance(
        values.map((value) => ({ value, covariate: 0.1 })),
        0,
      ),
    ).toBeNull();
  });

  test('is no surer than what can be read', () => {
    const flat = covariates.map((covariate) => ({ covariate, value: 0.1 }));
    const { estimate } = analysed(flat, 0.02);
    expect(estimate.sd).toBeGreaterThanOrEqual(0.02);
    expect(estimate.leastHalfWidth).toBe(0.02);
  });

  test('with a first stage the spread is that of its own line, and the line goes through all blocks', () => {
    const later = [0.3, -0.2, 0.1].map((covariate) => ({ covariate, value: 0.1 + covariate }));
    const [first, all] = [analysed(blocks), analysed([...blocks, ...later])];
    const staged = analysed([...blocks, ...later], 0, blocks.length);
    expect(staged.slope).toBe(all.slope);
    expect(staged.estimate.estimate).toBe(all.estimate.estimate);
    expect(staged.degreesOfFreedom).toBe(5);
    expect(staged.isWiderLater).toBe(false);
    // Both are s × leverage; the leverage of ten blocks is the same in both ways.
    const leverage = (of: readonly CovariateBlock[]): number => {
      const [x, n] = [of.map(({ covariate }) => covariate), of.length];
      const middle = x.reduce((sum, value) => sum + value, 0) / n;
      return Math.sqrt(1 + (n * middle ** 2) / x.reduce((sum, value) => sum + (value - middle) ** 2, 0));
    };
    expect(staged.estimate.sd / leverage([...blocks, ...later])).toBeCloseTo(first.estimate.sd / leverage(blocks), 12);
  });

  test('with later blocks that spread far more the interval is that of all', () => {
    const wild = [3, -2, 4].map((value, block) => ({ value, covariate: 0.1 * block }));
    const staged = analysed([...blocks, ...wild], 0, blocks.length);
    expect(staged.isWiderLater).toBe(true);
    expect(staged.estimate.sd).toBe(analysed([...blocks, ...wild]).estimate.sd);
    expect(staged.degreesOfFreedom).toBe(5);
  });

  test('without anything to follow it is nearly the plain mean', () => {
    const unrelated = values.map((value, block) => ({ value, covariate: block % 2 === 0 ? 0.01 : -0.01 }));
    const plain = estimateMean(values, 0);
    const { estimate } = analysed(unrelated);
    expect(Math.abs(estimate.estimate - plain.estimate)).toBeLessThan(plain.sd);
    expect(estimate.sd).toBeLessThan(1.2 * plain.sd);
  });
});
