import { describe, expect, test } from 'vitest';
import { randomStream, shuffled } from './random';

describe('random streams', () => {
  test('the same purpose gives the same stream, another purpose another one', () => {
    const draw = (...purpose: (string | number)[]): number[] => {
      const stream = randomStream(42, ...purpose);
      return [stream.next(), stream.next(), stream.next()];
    };
    expect(draw(1, 'wait')).toEqual(draw(1, 'wait'));
    expect(draw(1, 'wait')).not.toEqual(draw(2, 'wait'));
    expect(draw(1, 'wait')).not.toEqual(draw(1, 'path'));
  });

  test('numbers spread over [0, 1) without a bias that a mean of 10,000 would show', () => {
    const stream = randomStream(7, 'mean');
    let sum = 0;
    for (let index = 0; index < 10_000; index += 1) sum += stream.next();
    expect(Math.abs(sum / 10_000 - 0.5)).toBeLessThan(0.015);
  });

  test('integers reach both ends', () => {
    const stream = randomStream(7, 'ends');
    const seen = new Set(Array.from({ length: 200 }, () => stream.integer(-5, 5)));
    expect(Math.min(...seen)).toBe(-5);
    expect(Math.max(...seen)).toBe(5);
  });

  test('a shuffle keeps every item', () => {
    expect(shuffled([1, 2, 3, 4, 5], randomStream(1, 'order')).sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
