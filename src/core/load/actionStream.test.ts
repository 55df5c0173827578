import { describe, expect, test } from 'vitest';
import { behaviourSchema, type BehaviourInput } from '../../shared/behaviour';
import { createActionStream, type ActionStream } from './actionStream';
import { compileBehaviour } from './compileBehaviour';

function stream(input: BehaviourInput, user = 0, seed = 1): ActionStream {
  return createActionStream(compileBehaviour(behaviourSchema.parse(input), 'test'), { seed, block: 2, user });
}
const names = (requests: ReturnType<ActionStream['nextAction']>): string[] =>
  requests.map(({ request }) => request.name);
const many = (actions: ActionStream, count: number): string[][] =>
  Array.from({ length: count }, () => names(actions.nextAction()));
const a = { name: 'a', path: '/a' };
const b = { name: 'b', path: '/b' };

describe('action stream', () => {
  test('actions come by weight (each within 4 sd of its binomial mean)', () => {
    const count = 10_000;
    const drawn = many(
      stream({
        requests: [
          { weight: 7, ...a },
          { weight: 2.5, ...b },
          { weight: 0.5, name: 'c', path: '/c' },
        ],
      }),
      count,
    ).flat();
    for (const [name, share] of Object.entries({ a: 0.7, b: 0.25, c: 0.05 })) {
      const seen = drawn.filter((each) => each === name).length;
      expect(Math.abs(seen - count * share)).toBeLessThan(4 * Math.sqrt(count * share * (1 - share)));
    }
  });

  test('a repeat is the same request in a row, as often as its range says', () => {
    const lengths = new Set(many(stream({ requests: [{ ...a, repeat: [2, 4] }] }), 100).map(({ length }) => length));
    expect([...lengths].sort()).toEqual([2, 3, 4]);
  });

  test('a burst draws its length and each of its members', () => {
    const bursts = many(
      stream({
        requests: [
          { weight: 0, ...a },
          { weight: 0, ...b },
          { name: 'burst', pick: [3, 5], from: ['a', 'b'] },
        ],
      }),
      200,
    );
    expect([...new Set(bursts.map(({ length }) => length))].sort()).toEqual([3, 4, 5]);
    expect(bursts.some((burst) => burst.includes('a') && burst.includes('b'))).toBe(true);
  });

  test('steps come in their order, each after the first waiting for the one before', () => {
    const actions = stream({
      requests: [
        { weight: 0, ...a, repeat: [2, 2] },
        { name: 'buy', steps: ['a', b] },
      ],
    });
    expect(actions.nextAction().map(({ request, needsPrevious }) => [request.name, needsPrevious])).toEqual([
      ['a', false],
      ['a', true],
      ['b', true],
    ]);
  });

  test('think times are uniform in their range, and know nothing of how much was drawn for the rest', () => {
    const requests = [{ ...a, repeat: [1, 3] as [number, number], path: '/{{int 0 9}}' }];
    const busy = stream({ waitSeconds: [1, 3], requests });
    const idle = stream({ waitSeconds: [1, 3], requests });
    many(busy, 50);
    const waits = Array.from({ length: 4000 }, () => busy.nextWaitMs());
    expect(waits.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => idle.nextWaitMs()));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(3000);
    expect(Math.abs(waits.reduce((sum, waitMs) => sum + waitMs, 0) / waits.length - 2000)).toBeLessThan(40);
  });

  test('the same seed, block and user give the same actions and values; another user others', () => {
    const input: BehaviourInput = { requests: [{ ...a, path: '/{{int 0 999999}}' }, b] };
    const paths = (actions: ActionStream): string[] =>
      Array.from({ length: 20 }, () => actions.nextAction()).flatMap((planned) =>
        planned.map(({ request, random }) => request.path.fill(random, new Map())),
      );
    expect(paths(stream(input))).toEqual(paths(stream(input)));
    expect(paths(stream(input))).not.toEqual(paths(stream(input, 1)));
    expect(paths(stream(input))).not.toEqual(paths(stream(input, 0, 9)));
  });
});
