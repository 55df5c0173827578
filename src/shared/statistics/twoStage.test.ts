import { describe, expect, test } from 'vitest';
import { normalDeviate } from '../../../test/fixtures/syntheticTrials';
import { randomStream } from '../random';
import { studentEstimate, studentQuantile } from './blockEstimate';
import { mean } from './mean';
import { sampleSd } from './sampleSd';
import { estimateMean } from './studentInterval';
import { blocksForHalfWidth, degreesOfFreedomOf, spreadsMoreLater, twoStageSpread } from './twoStage';

const firstStage = 6;
const sd = 0.04;
const goal = 0.02;
const mostBlocks = 60;

/** Log ratios of a comparison without any effect whose first stage fixed the number of blocks, as `--until` does. */
function runUntilGoal(seed: number): readonly number[] {
  const random = randomStream(seed, 'two-stage');
  const draw = (): number => sd * normalDeviate(random);
  const values = Array.from({ length: firstStage }, draw);
  const { low, high } = estimateMean(values, 0).intervalAt(0.95);
  const blocks = blocksForHalfWidth({ low: Math.exp(low), high: Math.exp(high) }, firstStage, goal);
  while (values.length < Math.min(mostBlocks, blocks)) values.push(draw());
  return values;
}

describe("Stein's two-stage procedure", () => {
  test('asks for (t·s / ln(1 + W))² blocks', () => {
    const s = 0.03;
    const { low, high } = studentEstimate(0.05, s, 6).intervalAt(0.95);
    const wanted = Math.ceil(((studentQuantile(0.975, 5) * s) / Math.log(1.02)) ** 2);
    expect(blocksForHalfWidth({ low: Math.exp(low), high: Math.exp(high) }, 6, 0.02)).toBe(wanted);
    expect(wanted).toBe(16);
  });

  test('never asks for fewer blocks than there are, nor for one more when the goal is just met', () => {
    expect(blocksForHalfWidth({ low: 0.999, high: 1.001 }, 6, 0.02)).toBe(6);
    expect(blocksForHalfWidth({ low: 1 / 1.02, high: 1.02 }, 6, 0.02)).toBe(6);
    expect(blocksForHalfWidth({ low: 1 / 1.02 ** 2, high: 1.02 ** 2 }, 6, 0.02)).toBe(24);
    expect(blocksForHalfWidth({ low: 0, high: 1 }, 6, 0.02)).toBe(Infinity);
  });

  test('covers the truth in 95 % (within Monte-Carlo error) and reaches its goal; the sd of all blocks would not', () => {
    const comparisons = 6000;
    const missed = { stein: 0, ofAll: 0, goal: 0 };
    for (let seed = 0; seed < comparisons; seed += 1) {
      const values = runUntilGoal(seed);
      const { low, high } = estimateMean(values, 0, firstStage).intervalAt(0.95);
      const ofAll = estimateMean(values, 0).intervalAt(0.95);
      if (low > 0 || high < 0) missed.stein += 1;
      if (ofAll.low > 0 || ofAll.high < 0) missed.ofAll += 1;
      const isBounded = values.length === mostBlocks;
      if (!isBounded && !spreadsMoreLater(values, firstStage) && (high - low) / 2 > Math.log1p(goal) + 1e-12)
        missed.goal += 1;
    }
    // One sd of a share of 5 % in 6,000 is 0.28 %.
    expect(missed.stein / comparisons).toBeLessThan(0.05 + 2 * 0.0028);
    expect(missed.ofAll / comparisons).toBeGreaterThan(0.065);
    expect(missed.goal).toBe(0);
  }, 30_000);
});

describe('the spread of a comparison in two stages', () => {
  const calm = [0.01, -0.01, 0.02, -0.02, 0, 0.01];

  test('is that of the first stage, with its degrees of freedom', () => {
    const values = [...calm, 0.01, 0.02, -0.01];
    expect(twoStageSpread(values, 6)).toEqual({ sd: sampleSd(calm), degreesOfFreedom: 5 });
    expect(estimateMean(values, 0, 6).estimate).toBe(mean(values));
  });

  test('is that of all blocks where the later ones spread much more, and only then', () => {
    const wild = [...calm, 0.4, -0.3, 0.5];
    expect(spreadsMoreLater(wild, 6)).toBe(true);
    expect(twoStageSpread(wild, 6)).toEqual({ sd: sampleSd(wild), degreesOfFreedom: 5 });
    expect(spreadsMoreLater([...calm, 0.03, -0.02, 0], 6)).toBe(false);
    expect(spreadsMoreLater([...calm, 0.4], 6)).toBe(false);
  });

  test('finds later blocks wilder by chance in 5 %', () => {
    let found = 0;
    for (let seed = 0; seed < 4000; seed += 1) {
      const random = randomStream(seed, 'spread');
      if (
        spreadsMoreLater(
          Array.from({ length: 15 }, () => normalDeviate(random)),
          6,
        )
      )
        found += 1;
    }
    expect(found / 4000).toBeGreaterThan(0.04);
    expect(found / 4000).toBeLessThan(0.06);
  });

  test('is that of all blocks in a comparison of one stage, and with a first stage of two', () => {
    expect(twoStageSpread(calm, 6)).toEqual({ sd: sampleSd(calm), degreesOfFreedom: 5 });
    expect(twoStageSpread(calm, 2)).toEqual({ sd: sampleSd(calm), degreesOfFreedom: 5 });
    expect([
      degreesOfFreedomOf(12),
      degreesOfFreedomOf(12, 6),
      degreesOfFreedomOf(12, 2),
      degreesOfFreedomOf(6, 9),
    ]).toEqual([11, 5, 11, 5]);
  });
});
