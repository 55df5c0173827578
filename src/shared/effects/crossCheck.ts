import type { BlockEstimate } from '../statistics/blockEstimate';
import { signFlipTest } from '../statistics/signFlipTest';

/**
 * The note of a claim of which the sign-flip test over `blocks` (one value each, around zero without an effect), which assumes less than
 * the interval, is not nearly as sure as so many blocks could make it. Nothing where the interval claims nothing.
 */
export function crossCheck(
  blocks: readonly number[],
  estimate: BlockEstimate,
  { level, seed }: { readonly level: number; readonly seed: number },
): readonly string[] {
  const { low, high } = estimate.intervalAt(level);
  if (low <= 0 && high >= 0) return [];
  const pValue = signFlipTest(blocks, seed);
  const leastPossible = 2 ** (1 - blocks.length);
  return pValue > 2 * Math.max(1 - level, leastPossible) + 1e-9
    ? [`a permutation test is less sure (p = ${pValue.toPrecision(2)})`]
    : [];
}
