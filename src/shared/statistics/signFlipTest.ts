import { randomStream } from '../random';

/** Up to so many blocks all 2^n sign patterns are tried; above, a seeded sample of them. */
const exactUpTo = 16;
const sampledPatterns = 20_000;

/**
 * Two-sided p-value of the sign-flip permutation test of a zero mean (Fisher 1935, The Design of Experiments, §21):
 * the share of sign patterns whose |sum| is at least the one seen. It assumes no more than symmetry about zero, which the
 * random order inside a block gives. The smallest p that n blocks can show is 2^(1−n).
 */
export function signFlipTest(values: readonly number[], seed: number): number {
  if (values.length === 0) return 1;
  // Sums of the same numbers in another order differ in their last bits: such a tie must count as a tie.
  const scale = values.reduce((sum, value) => sum + Math.abs(value), 0);
  const seen = Math.abs(values.reduce((sum, value) => sum + value, 0)) - scale * 1e-12;
  return values.length <= exactUpTo ? exactShare(values, seen) : sampledShare(values, seen, seed);
}

/** All patterns with the first sign fixed: turning every sign leaves |sum| as it is. */
function exactShare(values: readonly number[], seen: number): number {
  // Blocks that all agree are the extreme: any turned sign makes the sum smaller.
  const smallest = Math.min(...values.map(Math.abs));
  if (smallest > seen * 1e-9 && values.every((value) => value > 0 === (values[0] ?? 0) > 0))
    return 2 ** (1 - values.length);
  const countFrom = (index: number, sum: number): number => {
    const value = values[index];
    if (value === undefined) return Math.abs(sum) >= seen ? 1 : 0;
    return countFrom(index + 1, sum + value) + countFrom(index + 1, sum - value);
  };
  return countFrom(1, values[0] ?? 0) / 2 ** (values.length - 1);
}

/**
 * The pattern seen is one of those counted, so the p-value is never zero (Phipson & Smyth 2010). Signs are drawn for eight values at a
 * time, whose 256 sums are known: a comparison of 60 blocks asks for this dozens of times after each trial.
 */
function sampledShare(values: readonly number[], seen: number, seed: number): number {
  const random = randomStream(seed, 'sign-flip', values.length);
  const tables = Array.from({ length: Math.ceil(values.length / valuesPerTable) }, (_, index) =>
    signedSums(values.slice(index * valuesPerTable, (index + 1) * valuesPerTable)),
  );
  let extreme = 1;
  for (let pattern = 0; pattern < sampledPatterns; pattern += 1) {
    let sum = 0;
    let bits = 0;
    for (let index = 0; index < tables.length; index += 1) {
      bits = index % tablesPerDraw === 0 ? random.integer(0, 0xffff_ffff) : bits >>> valuesPerTable;
      sum += tables[index]?.[bits & 0xff] ?? 0;
    }
    if (Math.abs(sum) >= seen) extreme += 1;
  }
  return extreme / (sampledPatterns + 1);
}

const valuesPerTable = 8;
/** Of the 32 bits of one draw. */
const tablesPerDraw = 4;

/** The sums of up to eight values under all 256 patterns of their signs; a pattern's n-th bit turns the n-th value. */
function signedSums(values: readonly number[]): Float64Array {
  return Float64Array.from({ length: 2 ** valuesPerTable }, (_, pattern) =>
    values.reduce((sum, value, place) => sum + ((pattern >> place) & 1 ? -value : value), 0),
  );
}
