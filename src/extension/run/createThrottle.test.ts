import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBatch } from './createBatch';
import { createThrottle } from './createThrottle';
import { withTimeout } from './withTimeout';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a throttle acts at once, then at most once per interval, and never loses the last wish', () => {
  const times: number[] = [];
  const start = Date.now();
  const throttle = createThrottle(250, () => times.push(Date.now() - start));
  for (let at = 0; at < 600; at += 50) {
    throttle.request();
    vi.advanceTimersByTime(50);
  }
  vi.advanceTimersByTime(1000);
  expect(times).toEqual([0, 250, 500, 750]);
  throttle.request();
  throttle.request();
  throttle.dispose();
  vi.advanceTimersByTime(1000);
  expect(times).toEqual([0, 250, 500, 750, 1600]);
});

test('a flushed throttle acts without being asked, and starts its interval anew', () => {
  let acts = 0;
  const throttle = createThrottle(250, () => (acts += 1));
  throttle.flush();
  throttle.flush();
  expect(acts).toBe(2);
  throttle.request();
  expect(acts).toBe(2);
  vi.advanceTimersByTime(250);
  expect(acts).toBe(3);
});

test('a batch waits for its interval from its first value on, or for a flush', () => {
  const batches: (readonly number[])[] = [];
  const batch = createBatch<number>(100, (values) => batches.push(values));
  batch.add(1);
  vi.advanceTimersByTime(99);
  batch.add(2);
  expect([batches, batch.waiting]).toEqual([[], 2]);
  vi.advanceTimersByTime(1);
  batch.add(3);
  batch.flush();
  batch.flush();
  vi.advanceTimersByTime(1000);
  expect(batches).toEqual([[1, 2], [3]]);
});

test('a time-out is told by name; an answer in time leaves no timer', async () => {
  const late = expect(withTimeout(new Promise(() => undefined), 3000, 'ms-python.python')).rejects.toThrow(
    'ms-python.python did not answer within 3000 ms',
  );
  await vi.advanceTimersByTimeAsync(3000);
  await late;
  await expect(withTimeout(Promise.resolve(7), 3000, 'x')).resolves.toBe(7);
  expect(vi.getTimerCount()).toBe(0);
});
