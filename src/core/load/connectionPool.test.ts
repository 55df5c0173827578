import { describe, expect, test } from 'vitest';
import { createConnectionPool } from './connectionPool';

const options = {
  origin: 'http://127.0.0.1:1',
  timeoutMs: 1000,
  onReconnect: () => undefined,
  onRetry: () => undefined,
};

describe('connection pool', () => {
  test('uses the connection again that was used last, and makes one only when all are busy', async () => {
    const pool = createConnectionPool(options, 8);
    const [first, second] = [await pool.acquire(), await pool.acquire()];
    pool.release(first);
    pool.release(second);
    expect([await pool.acquire(), await pool.acquire()]).toEqual([second, first]);
    expect(pool.size()).toBe(2);
  });

  test('at its limit, who asks waits for a turn, in the order of asking', async () => {
    const pool = createConnectionPool(options, 1);
    const only = await pool.acquire();
    const order: string[] = [];
    const waiting = ['a', 'b'].map(async (name) => {
      const connection = await pool.acquire();
      order.push(name);
      pool.release(connection);
    });
    expect(order).toEqual([]);
    pool.release(only);
    await Promise.all(waiting);
    expect([order, pool.size()]).toEqual([['a', 'b'], 1]);
  });
});
