import { largestDeck } from './deal';

/**
 * The smallest deck in which each choice has as many cards as its weight says: [40, 30, 20, 10] gives 0 0 0 0 1 1 1 2 2 3. Undefined when
 * no deck of at most `largestDeck` cards does.
 */
export function weightedCards(weights: readonly number[]): readonly number[] | undefined {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let size = 1; size <= largestDeck; size += 1) {
    const counts = weights.map((weight) => (weight / total) * size);
    if (counts.every((count) => count > 0.5 && Math.abs(count - Math.round(count)) < 1e-6))
      return counts.flatMap((count, choice) => new Array<number>(Math.round(count)).fill(choice));
  }
  return undefined;
}
