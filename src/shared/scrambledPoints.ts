import { randomStream } from './random';

/** Points in [0, 1) by their number, each uniform, any run of them spread as evenly as a fair deal. */
export type PointSequence = (index: number) => number;

/**
 * A van der Corput sequence in base 2 under Owen's nested uniform scrambling: every aligned run of 2^k points has exactly one in each of
 * the 2^k intervals of that length, in random order. A mean over N points misses its expectation by about 1/N where that over independent
 * draws misses it by about 1/√N. (Owen, *Randomly permuted (t,m,s)-nets and (t,s)-sequences*, 1995; the scramble by a hash: Laine and
 * Karras 2011, as in Burley, *Practical hash-based Owen scrambling*, JCGT 9(4), 2020.) Sequences of different purposes are independent.
 */
export function scrambledPoints(seed: number, ...purpose: readonly (string | number)[]): PointSequence {
  const random = randomStream(seed, ...purpose, 'scramble');
  const orderSeed = random.integer(0, 0xffffffff);
  const valueSeed = random.integer(0, 0xffffffff);
  return (index) => {
    // The order of the points is scrambled in the same manner (each bit by those above it), so that aligned runs stay aligned runs and
    // neighbours follow no fixed pattern.
    const shuffled = reversedBits(scrambled(reversedBits(index), orderSeed));
    return reversedBits(scrambled(shuffled, valueSeed)) / 2 ** 32;
  };
}

/** Of a point's bits, lowest first, each is flipped by a hash of those below it alone. Unsigned 32 bits in and out. */
function scrambled(bits: number, seed: number): number {
  let mixed = (bits + seed) | 0;
  for (const factor of [0x6c50b47c, 0xb82f1e52, 0xc7afe638, 0x8d22f6e6]) mixed ^= Math.imul(mixed, factor);
  return mixed >>> 0;
}

function reversedBits(value: number): number {
  let bits = value >>> 0;
  bits = ((bits & 0x55555555) << 1) | ((bits >>> 1) & 0x55555555);
  bits = ((bits & 0x33333333) << 2) | ((bits >>> 2) & 0x33333333);
  bits = ((bits & 0x0f0f0f0f) << 4) | ((bits >>> 4) & 0x0f0f0f0f);
  bits = ((bits & 0x00ff00ff) << 8) | ((bits >>> 8) & 0x00ff00ff);
  return ((bits << 16) | (bits >>> 16)) >>> 0;
}
