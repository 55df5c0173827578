import { expect, test } from 'vitest';
import { droppedEvents } from './droppedEvents';

test("honeybadger's own sentence about a full queue is counted, in any log format", () => {
  expect(droppedEvents('INFO:honeybadger:Dropped 1234 events (queue full)')).toBe(1234);
  expect(droppedEvents('2026-07-01 12:00:00 [info] Dropped 7 events (queue full)')).toBe(7);
});

test('other lines count for nothing', () => {
  for (const line of ['', 'Dropped 3 events', 'Dropping batch after 3 retries', '127.0.0.1 "GET / HTTP/1.1" 200'])
    expect(droppedEvents(line)).toBe(0);
});
