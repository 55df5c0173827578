import { describe, expect, test } from 'vitest';
import { RepeatedQueries, type QueryEvent } from './repeatedQueries';

const query = 'SELECT name FROM customers WHERE id = %s';

describe('an execution of which two events tell', () => {
  test('is counted once for each second event: same request, same text, begun before the first had ended', () => {
    expect(count([sent(1000, 1), sent(1000.2, 1.2)])).toBe(1);
    expect(count([sent(1000, 1), sent(1000.2, 1.2), sent(1003, 1), sent(1003.2, 1.2)])).toBe(2);
  });

  test('is told from the next execution of the same text by microseconds', () => {
    expect(count([sent(1000, 0.1), sent(1000.105, 0.1)])).toBe(0);
    expect(count([sent(1000, 0.1), sent(1000.095, 0.1)])).toBe(1);
  });

  test('is found among the events of other requests', () => {
    expect(
      count([
        { ...sent(1000, 1), request_id: 'a' },
        { ...sent(1000.1, 1), request_id: 'b' },
        { ...sent(1000.2, 1.2), request_id: 'a' },
        { ...sent(1000.3, 1.2), request_id: 'b' },
      ]),
    ).toBe(2);
  });
});

describe('no repetition is', () => {
  test('a loop over the same text: each execution begins after the one before has ended', () => {
    expect(count([sent(1000, 1), sent(1001.01, 1), sent(1002.02, 1), sent(1003.03, 1)])).toBe(0);
  });

  test('another text, or another request, at the same time', () => {
    expect(count([sent(1000, 1), { ...sent(1000.2, 1.2), query: 'SELECT 1' }])).toBe(0);
    expect(count([sent(1000, 1), { ...sent(1000.2, 1.2), request_id: 'other' }])).toBe(0);
  });

  test('an event that lacks what tells', () => {
    const { request_id: _id, ...anonymous } = sent(1000, 1);
    expect(count([anonymous, anonymous])).toBe(0);
    expect(count([sent(1000, 1), { ...sent(1000.2, 1.2), duration: null }])).toBe(0);
    expect(count([sent(1000, 1), { ...sent(1000.2, 1.2), ts: 'yesterday' }])).toBe(0);
  });
});

test('requests without an end are forgotten, the longest unheard of first', () => {
  const others = Array.from({ length: 1_000 }, (_, n) => ({ ...sent(1000, 1), request_id: `other-${n}` }));
  expect(count([sent(1000, 1), ...others, sent(1000.2, 1.2)])).toBe(0);
  expect(count([sent(1000, 1), ...others.slice(1), sent(1000.2, 1.2)])).toBe(1);
});

/** An event as honeybadger writes it when an execution ended `endMs` after the epoch and took `durationMs`. */
function sent(endMs: number, durationMs: number): QueryEvent {
  const microseconds = String(Math.round((endMs % 1) * 1000)).padStart(3, '0');
  const ts = new Date(Math.floor(endMs)).toISOString().replace('Z', `${microseconds}Z`);
  return { request_id: 'run-1', query, duration: durationMs, ts };
}

function count(events: readonly QueryEvent[]): number {
  const queries = new RepeatedQueries();
  for (const event of events) queries.add(event);
  return queries.repeated;
}
