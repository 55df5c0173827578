import { expect, test } from 'vitest';
import { commandOnCore, sharedOut } from './pinning';

test('a command runs on its core', () => {
  expect(commandOnCore(3, ['python', 'app.py'])).toEqual(['taskset', '--cpu-list', '3', 'python', 'app.py']);
  expect(commandOnCore(undefined, ['python', 'app.py'])).toEqual(['python', 'app.py']);
});

test.each([
  ['the last one is the app’s', [0, 1, 2, 3], [3], { appCore: 3, otherCores: [0, 1, 2] }],
  ['a thread of the app’s own hardware stays idle', [0, 1, 2, 3], [2, 3], { appCore: 3, otherCores: [0, 1] }],
  ['… but where there is nothing else', [0, 1], [0, 1], { appCore: 1, otherCores: [0] }],
  ['one core cannot be shared out', [0], [0], null],
])('%s', (_name, cores, siblings, shares) => {
  expect(sharedOut(cores, () => siblings)).toEqual(shares);
});
