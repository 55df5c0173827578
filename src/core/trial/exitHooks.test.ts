import { expect, test } from 'vitest';
import { flushSecondsOf, losesQueueAtExit } from './exitHooks';

test.each([
  [true, ['{python}', '-m', 'uvicorn', '--port', '{port}', 'config.asgi:application']],
  [false, ['{python}', '-m', 'gunicorn', '-k', 'uvicorn.workers.UvicornWorker', 'app:app']],
  [false, ['{python}', '-m', 'daphne', 'app:app']],
])('loses what is queued when it is told to end: %s of %j', (isLost, command) => {
  expect(losesQueueAtExit({ command })).toBe(isLost);
});

test('the interval of the flushes is what is in force, then what is given, then 5 s', () => {
  const environment = { HONEYBADGER_EVENTS_TIMEOUT: '2' };
  const effective = { config: { events_timeout: '9' } } as unknown as Parameters<typeof flushSecondsOf>[1];
  expect(flushSecondsOf({ environment }, effective)).toBe(9);
  expect(flushSecondsOf({ environment })).toBe(2);
  expect(flushSecondsOf({ environment: {} })).toBe(5);
  expect(flushSecondsOf({ environment: { HONEYBADGER_EVENTS_TIMEOUT: 'soon' } })).toBe(5);
});
