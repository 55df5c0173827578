import { describe, expect, test } from 'vitest';
import { estimateMean } from '../statistics/studentInterval';
import { crossCheck } from './crossCheck';

const checked = (blocks: readonly number[], level = 0.95) =>
  crossCheck(blocks, estimateMean(blocks, 0), { level, seed: 1 });

describe('the cross-check of a claim by a permutation test', () => {
  test('says nothing where both agree, and where nothing is claimed', () => {
    expect(checked([0.1, 0.12, 0.09, 0.11, 0.1, 0.13, 0.08])).toEqual([]);
    expect(checked([0.1, -0.12, 0.09, -0.11, 0.1, -0.13, 0.08])).toEqual([]);
  });

  test('asks no more of few blocks than they can show', () => {
    expect(checked([0.1, 0.1001, 0.0999], 0.9875)).toEqual([]);
  });

  test('says where a claim rests on the shape of the distribution', () => {
    // Claimed by an interval that is narrower than these values allow.
    const blocks = [0.1, -0.05, 0.08, -0.06, 0.09, -0.02];
    const sure = { ...estimateMean(blocks, 0), intervalAt: () => ({ low: 0.01, high: 0.04 }) };
    expect(crossCheck(blocks, sure, { level: 0.95, seed: 1 })).toEqual([
      expect.stringMatching(/^a permutation test is less sure \(p = 0\.\d+\)$/) as string,
    ]);
  });
});
