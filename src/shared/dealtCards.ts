import { randomStream } from './random';
import { scrambledPoints } from './scrambledPoints';

/** Whole numbers 0 … size − 1 by their index. */
export type CardSequence = (index: number) => number;

/**
 * Decks of `size` cards, one after the other: every aligned run of `size` numbers holds each of 0 … size − 1 exactly once, any part of a deck
 * is spread over it as evenly as `scrambledPoints` are, and each number is equally likely at each index. A card is the rank of its point
 * among those of its deck, moved round by one random number per deck (Cranley and Patterson, *Randomization of number theoretic methods
 * for multiple integration*, 1976): ranks alone favour the middle at some places of a deck.
 */
export function dealtCards(size: number, seed: number, ...purpose: readonly (string | number)[]): CardSequence {
  let dealt = -1;
  let deck: readonly number[] = [];
  return (index) => {
    const number = Math.floor(index / size);
    if (number !== dealt) {
      const shift = randomStream(seed, ...purpose, number, 'shift').integer(0, size - 1);
      deck = ranks(scrambledPoints(seed, ...purpose, number), size).map((rank) => (rank + shift) % size);
      dealt = number;
    }
    return deck[index % size] ?? 0;
  };
}

/** The rank of each of the first `size` points among them. */
function ranks(point: (index: number) => number, size: number): number[] {
  const points = Array.from({ length: size }, (_, place) => point(place));
  const inOrder = points.map((_, place) => place).sort((one, other) => (points[one] ?? 0) - (points[other] ?? 0));
  const result = new Array<number>(size).fill(0);
  inOrder.forEach((place, rank) => {
    result[place] = rank;
  });
  return result;
}
