import { expect, test } from 'vitest';
import { isInside } from './isInside';

test.each([
  ['/a/b', '/a', true],
  ['/a/b/c', '/a/', true],
  ['/a/..b/c', '/a', true],
  ['/a', '/a', false],
  ['/a/../b', '/a', false],
  ['/ab', '/a', false],
  ['/', '/a', false],
])('%s below %s: %s', (file, folder, expected) => {
  expect(isInside(file, folder)).toBe(expected);
});
