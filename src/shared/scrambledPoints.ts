import { mixedBits, randomStream } from './random';

/** Points in [0, 1) by their number, each uniform, any run of them spread as evenly as a fair deal. */
export type PointSequence = (index: number) => number;

/** Runs of up to 2^16 points are dealt; longer ones are several deals. */
const levels = 16;
/** Aligned runs of 2^6 points come in an order of their own, so that neighbours follow no fixed pattern. */
const shuffledLevels = 6;

/**
 * A van der Corput sequence in base 2 under Owen's nested uniform scrambling: every aligned run of 2^k points has exactly one in each of
 * the 2^k intervals of that length, in random order. A mean over N points misses its expectation by about 1/N where that over independent
 * draws misses it by about 1/√N. (Owen, *Randomly permuted (t,m,s)-nets and (t,s)-sequences*, 1995.) Sequences of different purposes are
 * independent. Each bit's flip is a hash of the bits above it; the shorter hashes in use for pictures leave neighbouring intervals alike.
 */
export function scrambledPoints(seed: number, ...purpose: readonly (string | number)[]): PointSequence {
  const random = randomStream(seed, ...purpose, 'scramble');
  const orderSeed = random.integer(0, 0xffffffff);
  const valueSeed = random.integer(0, 0xffffffff);
  const restSeed = random.integer(0, 0xffffffff);
  return (index) => {
    const inRun = scrambled(
      index & (2 ** shuffledLevels - 1),
      shuffledLevels,
      hash(orderSeed, index >>> shuffledLevels, 0),
    );
    const number = ((index >>> shuffledLevels) << shuffledLevels) | inRun;
    const stratum = scrambled(reversed(number), levels, valueSeed);
    return (stratum + hash(restSeed, index, 0) / 2 ** 32) / 2 ** levels;
  };
}

/** Each bit, from the highest on, is flipped or not by what stands above it. */
function scrambled(value: number, bits: number, seed: number): number {
  let result = 0;
  for (let bit = bits - 1; bit >= 0; bit -= 1) {
    const flip = hash(seed, value >>> (bit + 1), bit + 1) & 1;
    result |= (((value >>> bit) & 1) ^ flip) << bit;
  }
  return result;
}

/** The lowest `levels` bits, the other way round. */
function reversed(value: number): number {
  let result = 0;
  for (let bit = 0; bit < levels; bit += 1) result |= ((value >>> bit) & 1) << (levels - 1 - bit);
  return result;
}

/** 32 bits of two numbers and a seed. */
function hash(seed: number, one: number, other: number): number {
  return mixedBits(seed ^ Math.imul(one + 1, 0x9e3779b1) ^ Math.imul(other + 1, 0x7feb352d)) >>> 0;
}
