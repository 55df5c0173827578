import { expect, test } from 'vitest';
import { commandOnCore } from './pinning';

test('a command runs on its core', () => {
  expect(commandOnCore(3, ['python', 'app.py'])).toEqual(['taskset', '--cpu-list', '3', 'python', 'app.py']);
  expect(commandOnCore(undefined, ['python', 'app.py'])).toEqual(['python', 'app.py']);
});
