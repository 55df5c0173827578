import { expect, test } from 'vitest';
import { allowedCores, parseCoreList } from './coreList';

test('lists of cores are read as the kernel writes them', () => {
  expect(parseCoreList('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(parseCoreList('3')).toEqual([3]);
  expect(parseCoreList('')).toEqual([]);
  expect(allowedCores('self').length).toBeGreaterThan(0);
});
