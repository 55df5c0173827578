import { describe, expect, test } from 'vitest';
import { normalDeviate } from '../../../test/fixtures/syntheticTrials';
import { randomStream } from '../random';
import { blocksToSettle } from './blocksToSettle';
import { isEquivalent } from './equivalence';
import { estimateMean } from './studentInterval';

const margins = { low: -0.02, high: 0.02 };

function settledShare(blocks: number, truth: number, sd: number): number {
  let settled = 0;
  for (let seed = 0; seed < 1000; seed += 1) {
    const random = randomStream(seed, 'settle', blocks);
    const estimate = estimateMean(
      Array.from({ length: blocks }, () => truth + sd * normalDeviate(random)),
      0,
    );
    const { low, high } = estimate.intervalAt(0.95);
    if (low > 0 || high < 0 || isEquivalent(estimate.intervalAt(0.9), margins)) settled += 1;
  }
  return settled / 1000;
}

describe('the blocks that would settle an inconclusive effect', () => {
  test('settle it in about four of five repetitions, and half of them do not', () => {
    const blocks = blocksToSettle({ estimate: 0.05, sd: 0.08, blocks: 6, level: 0.95, margins }) ?? 0;
    expect(blocks).toBeGreaterThan(15);
    expect(settledShare(blocks, 0.05, 0.08)).toBeGreaterThan(0.75);
    expect(settledShare(Math.round(blocks / 2), 0.05, 0.08)).toBeLessThan(0.7);
  });

  test('may show equivalence before they show a difference', () => {
    const onlyDifference = blocksToSettle({ estimate: 0.002, sd: 0.03, blocks: 6, level: 0.95, margins: null });
    const either = blocksToSettle({ estimate: 0.002, sd: 0.03, blocks: 6, level: 0.95, margins });
    expect(onlyDifference).toBeNull();
    expect(either).toBeGreaterThan(6);
    expect(either).toBeLessThan(40);
  });

  test('are always more than there were', () => {
    expect(blocksToSettle({ estimate: 0.05, sd: 0.001, blocks: 6, level: 0.95, margins })).toBe(7);
  });

  test('are no advice where the scale is too coarse to settle it', () => {
    const coarse = { estimate: 0.005, sd: 0.01, blocks: 6, level: 0.95, margins };
    expect(blocksToSettle({ ...coarse, leastHalfWidth: 0.004 })).not.toBeNull();
    expect(blocksToSettle({ ...coarse, leastHalfWidth: 0.016 })).toBeNull();
  });

  test('are no advice where a thousand would not do', () => {
    expect(blocksToSettle({ estimate: 0, sd: 0.05, blocks: 6, level: 0.95, margins: null })).toBeNull();
    expect(blocksToSettle({ estimate: 0.02, sd: 0.05, blocks: 6, level: 0.95, margins })).not.toBeNull();
    expect(blocksToSettle({ estimate: 0.0001, sd: 0.5, blocks: 6, level: 0.95, margins })).toBeNull();
  });
});
