import { describe, expect, test } from 'vitest';
import { normalDeviate } from '../../../test/fixtures/syntheticTrials';
import { randomStream } from '../random';
import { studentEstimate } from './blockEstimate';
import { impliedSd, pooledSd, resolvableShare } from './noiseSd';
import { sampleSd } from './sampleSd';

describe('the noise of a block', () => {
  test.each([
    [3, 0.95],
    [6, 0.95],
    [15, 0.9875],
  ])('is read back from the interval of %i blocks at %f', (blocks, level) => {
    const interval = studentEstimate(0.01, 0.026, blocks).intervalAt(level);
    expect(impliedSd(interval, level, blocks)).toBeCloseTo(0.026, 12);
  });

  test('of several runs is pooled by their degrees of freedom', () => {
    expect(pooledSd([{ sd: 0.03, blocks: 6 }])).toBeCloseTo(0.03, 12);
    const pooled = pooledSd([
      { sd: 0.02, blocks: 3 },
      { sd: 0.04, blocks: 5 },
    ]);
    expect(pooled).toBeCloseTo(Math.sqrt((2 * 0.02 ** 2 + 4 * 0.04 ** 2) / 6), 12);
  });

  test('of runs whose means differ is the spread inside them: many runs of few blocks find it', () => {
    const random = randomStream(3, 'pooled');
    const runs = Array.from({ length: 400 }, () => {
      const luck = 0.1 * normalDeviate(random);
      return { sd: sampleSd(Array.from({ length: 3 }, () => luck + 0.03 * normalDeviate(random))), blocks: 3 };
    });
    expect(pooledSd(runs)).toBeCloseTo(0.03, 2.5);
  });

  test('says what so many blocks can resolve: the half-widths of tables of t', () => {
    // t(0.975; 5) = 2.5706: 2.6 % / √6 × 2.5706 = 2.73 %.
    expect(resolvableShare(0.026, 6, 0.95)).toBeCloseTo(Math.expm1((2.5706 * 0.026) / Math.sqrt(6)), 5);
    expect(resolvableShare(0.026, 15, 0.9875)).toBeLessThan(resolvableShare(0.026, 6, 0.9875) ?? 0);
    expect(resolvableShare(0.026, 2, 0.95)).toBeNull();
  });
});
