import { expect, test } from 'vitest';
import { RunStopped, stopWords } from './runStopped';

test('a signal without words of its own was the user', () => {
  expect(stopWords(AbortSignal.abort())).toBe('stopped by the user');
  expect(stopWords(AbortSignal.abort(new Error('no words of ours')))).toBe('stopped by the user');
});

test('the first reason is the one that is told', () => {
  const stop = new AbortController();
  stop.abort(new RunStopped('the terminal was closed'));
  stop.abort();
  expect(stopWords(stop.signal)).toBe('the terminal was closed');
});
