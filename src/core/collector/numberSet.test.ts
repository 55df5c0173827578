import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberSet } from './numberSet';

test('holds what was added, once each, ascending', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200_000 })), (values) => {
      const set = new NumberSet();
      const known = new Set<number>();
      for (const value of values) {
        expect(set.add(value)).toBe(!known.has(value));
        known.add(value);
      }
      expect(set.toArray()).toEqual([...known].sort((one, other) => one - other));
    }),
    { numRuns: 30 },
  );
});

test('takes the largest number it may, and none beyond', () => {
  const set = new NumberSet();
  set.add(NumberSet.limit - 1);
  expect(set.toArray()).toEqual([NumberSet.limit - 1]);
  for (const value of [-1, 1.5, NaN, NumberSet.limit]) expect(() => set.add(value)).toThrow(RangeError);
});
