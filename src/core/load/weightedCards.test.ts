import { expect, test } from 'vitest';
import { weightedCards } from './weightedCards';

test.each([
  [
    [40, 30, 20, 10],
    [0, 0, 0, 0, 1, 1, 1, 2, 2, 3],
  ],
  [
    [2.5, 7, 0.5],
    [0, 0, 0, 0, 0, ...new Array<number>(14).fill(1), 2],
  ],
  [[1], [0]],
  [
    [3, 3],
    [0, 1],
  ],
  [
    [0.1, 0.2],
    [0, 1, 1],
  ],
])('weights %j are the deck %j', (weights, cards) => {
  expect(weightedCards(weights)).toEqual(cards);
});

test.each([[[1, Math.PI]], [[1, 999]]])('weights %j need more than 256 cards', (weights) => {
  expect(weightedCards(weights)).toBeUndefined();
});
