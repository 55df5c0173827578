import { expect, test } from 'vitest';
import { clockText } from './clockText';

test.each([
  [-1, '0:00'],
  [59.6, '1:00'],
  [102, '1:42'],
  [3723, '1:02:03'],
])('%d s are written %s', (seconds, text) => {
  expect(clockText(seconds)).toBe(text);
});
