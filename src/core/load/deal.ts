import { dealtCards, type CardSequence } from '../../shared/dealtCards';
import { wholeNumberAt, type RandomStream } from '../../shared/random';
import { scrambledPoints, type PointSequence } from '../../shared/scrambledPoints';

/** Ranges up to this size have each number once in each deck; larger ones are spread evenly. */
export const largestDeck = 256;

/** Numbers for one phase of a load, for each purpose a sequence of its own, so that nothing shifts anything else. */
export interface Deal {
  /** The next point in [0, 1) of that purpose. */
  point(purpose: string): number;
  /** The next whole number in [low, high], both included, of that purpose. */
  integer(purpose: string, low: number, high: number): number;
  /** The numbers that one request is filled in from: its n-th value is the next of `purpose n`, whenever it is asked for. */
  values(purpose: string): RandomStream;
}

/** Dealt, not drawn: any run of a purpose's numbers has close to its share of each (`dealtCards`, `scrambledPoints`). */
export function createDeal(seed: number, block: number, phase: string): Deal {
  const points = new Map<string, PointSequence>();
  const decks = new Map<string, CardSequence>();
  const counts = new Map<string, number>();

  const count = (purpose: string): number => {
    const next = counts.get(purpose) ?? 0;
    counts.set(purpose, next + 1);
    return next;
  };
  const pointAt = (purpose: string, index: number): number => {
    const sequence = points.get(purpose) ?? scrambledPoints(seed, block, phase, purpose);
    points.set(purpose, sequence);
    return sequence(index);
  };
  const integerAt = (purpose: string, index: number, low: number, high: number): number => {
    const size = high - low + 1;
    if (size === 1) return low;
    if (size > largestDeck) return wholeNumberAt(pointAt(purpose, index), low, high);
    const name = deckName(purpose, size);
    const deck = decks.get(name) ?? dealtCards(size, seed, block, phase, name);
    decks.set(name, deck);
    return low + deck(index);
  };
  return {
    point: (purpose) => pointAt(purpose, count(purpose)),
    // Ranges of different sizes have decks of their own, so each counts its own cards.
    integer: (purpose, low, high) => integerAt(purpose, count(deckName(purpose, high - low + 1)), low, high),
    values: (purpose) => {
      const index = count(purpose);
      let place = 0;
      const next = (): string => {
        place += 1;
        return `${purpose} ${place}`;
      };
      return {
        next: () => pointAt(next(), index),
        integer: (low, high) => integerAt(next(), index, low, high),
      };
    },
  };
}

function deckName(purpose: string, size: number): string {
  return `${purpose} of ${size}`;
}
