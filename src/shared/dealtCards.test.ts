import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealtCards } from './dealtCards';

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

test('every deck has each card once', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 500 }), (seed, size, deck) => {
      const card = dealtCards(size, seed, 'test');
      const dealt = Array.from({ length: size }, (_, place) => card(deck * size + place));
      expect([...dealt].sort((one, other) => one - other)).toEqual(Array.from({ length: size }, (_, each) => each));
    }),
  );
});

test('a card is the same whatever was asked for before it', () => {
  const card = dealtCards(7, 3, 'test');
  const forwards = Array.from({ length: 40 }, (_, index) => card(index));
  const backwards = Array.from({ length: 40 }, (_, index) => card(39 - index)).reverse();
  expect(backwards).toEqual(forwards);
  expect(Array.from({ length: 40 }, (_, index) => dealtCards(7, 3, 'other')(index))).not.toEqual(forwards);
});

test('each card is as likely as the rest at each place (within 5 sd): ranks alone would favour the middle one of three', () => {
  const count = 12_000;
  for (const size of [3, 11]) {
    for (const index of [0, 1, 2, size + 2]) {
      const seen = new Array<number>(size).fill(0);
      for (let seed = 0; seed < count; seed += 1) {
        const card = dealtCards(size, seed, 'test')(index);
        seen[card] = (seen[card] ?? 0) + 1;
      }
      const sd = Math.sqrt((count / size) * (1 - 1 / size));
      for (const each of seen) expect(Math.abs(each - count / size)).toBeLessThan(5 * sd);
    }
  }
});

test('a part of a deck is spread over it: of the first quarter of 100 cards, each quarter has about its share', () => {
  const counts = Array.from(
    { length: 1000 },
    (_, seed) =>
      Array.from({ length: 25 }, (_, index) => dealtCards(100, seed)(index)).filter((card) => card < 25).length,
  );
  const variance = counts.reduce((sum, count) => sum + (count - 6.25) ** 2, 0) / counts.length;
  // A deck that is merely shuffled: 25 × 0.25 × 0.75 × 75/99 = 3.6.
  expect(variance).toBeLessThan(1.5);
});
