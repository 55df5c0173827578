import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { isOwnAddress } from './isOwnAddress';

test.each([
  ['127.0.0.1', true],
  ['127.0.0.2', true],
  ['[::1]', true],
  ['localhost', true],
  [hostname(), true],
  ['192.0.2.1', false],
  ['shop-test.internal', false],
])('%s is an address of this machine: %s', (host, expected) => {
  expect(isOwnAddress(host)).toBe(expected);
});
