import { expect, test } from 'vitest';
import { isEquivalent } from './equivalence';

test('equivalent is what lies wholly inside the margins, their edges excluded', () => {
  const margins = { low: -2, high: 2 };
  expect(isEquivalent({ low: -1.9, high: 1.9 }, margins)).toBe(true);
  expect(isEquivalent({ low: 0.5, high: 1.9 }, margins)).toBe(true);
  expect(isEquivalent({ low: -2, high: 1 }, margins)).toBe(false);
  expect(isEquivalent({ low: -1, high: 2.1 }, margins)).toBe(false);
});
