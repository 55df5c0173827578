import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCoreList } from './coreList';

test('lists of cores are read as the kernel writes them', () => {
  expect(parseCoreList('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(parseCoreList('3')).toEqual([3]);
  expect(parseCoreList('')).toEqual([]);
  const own = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '';
  expect(parseCoreList(own).length).toBeGreaterThan(0);
});
