import { expect, test } from 'vitest';
import { roundStep } from './roundStep';

test.each([
  [1, 4, 0.5],
  [10, 4, 5],
  [100, 3, 50],
  [0.06, 3, 0.02],
  [40, 4, 10],
])('a span of %d in %d pieces has the step %d', (span, pieces, step) => {
  expect(roundStep(span, pieces)).toBeCloseTo(step, 12);
});
