import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of pseudo-random numbers in [0, 1), the same for the same seed and purpose on every machine. */
export interface RandomStream {
  next(): number;
  /** Uniform integer in [low, high], both included. */
  integer(low: number, high: number): number;
}

/**
 * The stream hash(seed, ...purpose): streams of different purposes are independent, so that drawing more
 * from one (a longer burst) never shifts another. xoroshiro128+ seeded with the FNV-1a hash of the purpose.
 */
export function randomStream(seed: number, ...purpose: readonly (string | number)[]): RandomStream {
  const generator = xoroshiro128plus(fnv1a([seed, ...purpose].join('\u0000')));
  const next = (): number => uniformFloat64(generator);
  return { next, integer: (low, high) => wholeNumberAt(next(), low, high) };
}

/** The whole number in [low, high], both included, that a point in [0, 1) stands for. */
export function wholeNumberAt(point: number, low: number, high: number): number {
  return low + Math.floor(point * (high - low + 1));
}

/** A copy of `items` in random order, each order equally likely. */
export function shuffled<T>(items: readonly T[], random: RandomStream): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.integer(0, left.length - 1), 1));
}

/** 32-bit FNV-1a of the UTF-16 code units, finished with murmur3's mixer so that near seeds give far streams. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mixedBits(hash);
}

/** murmur3's finalizer: 32 bits of which each depends on all bits of the argument. Signed. */
export function mixedBits(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) | 0;
}
