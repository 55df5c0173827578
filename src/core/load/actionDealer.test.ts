import { describe, expect, test } from 'vitest';
import { behaviourSchema, type BehaviourInput } from '../../shared/behaviour';
import { createActionDealer, type ActionDealer, type ActionStream } from './actionDealer';
import { compileBehaviour } from './compileBehaviour';

function dealer(input: BehaviourInput, seed = 1): ActionDealer {
  return createActionDealer(compileBehaviour(behaviourSchema.parse(input), 'test'), { seed, block: 2 });
}
function stream(input: BehaviourInput, seed = 1): ActionStream {
  return dealer(input, seed).user(0);
}
const names = (requests: ReturnType<ActionStream['nextAction']>): string[] =>
  requests.map(({ request }) => request.name);
const many = (actions: ActionStream, count: number): string[][] =>
  Array.from({ length: count }, () => names(actions.nextAction()));
const a = { name: 'a', path: '/a' };
const b = { name: 'b', path: '/b' };

describe('actions', () => {
  test('any run of actions has its share of each, give or take two, whoever takes them', () => {
    const { user } = dealer({
      requests: [
        { weight: 7, ...a },
        { weight: 2.5, ...b },
        { weight: 0.5, name: 'c', path: '/c' },
      ],
    });
    const users = [user(0), user(1), user(2)];
    const dealt = Array.from({ length: 3000 }, (_, index) => names(users[(index * 7) % 3]?.nextAction() ?? [])).flat();
    for (const [from, to] of [
      [0, 100],
      [77, 200],
      [1000, 1375],
      [0, 3000],
    ] as const) {
      const run = dealt.slice(from, to);
      for (const [name, share] of Object.entries({ a: 0.7, b: 0.25, c: 0.05 })) {
        expect(Math.abs(run.filter((each) => each === name).length - run.length * share)).toBeLessThan(5);
      }
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

  test('bursts of different members do not take each other’s turns: each deals its own evenly', () => {
    const weightless = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ weight: 0, name, path: `/${name}` }));
    const bursts = many(
      stream({
        requests: [
          ...weightless,
          { name: 'two', pick: [1, 1], from: ['a', 'b'] },
          { name: 'three', pick: [1, 1], from: ['c', 'd', 'e'] },
        ],
      }),
      120,
    ).flat();
    const counts = weightless.map(({ name }) => bursts.filter((each) => each === name).length);
    expect(counts).toEqual([30, 30, 20, 20, 20]);
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

  test('a window has exactly its share of a rare value: one in eleven of one request in ten, however long the warm-up was', () => {
    for (const warmups of [0, 7, 23]) {
      const { user, openWindow } = dealer({
        requests: [
          { weight: 9, ...a },
          { weight: 1, ...b, path: '/{{int -5 5}}/{{pick x y}}' },
        ],
      });
      many(user(0), warmups);
      openWindow();
      const dealt = Array.from({ length: 220 }, (_, index) => {
        openWindow();
        return user(index % 3).nextAction();
      });
      const paths = dealt.flatMap((planned) =>
        planned.map(({ request: { path }, random }) => path.fill(random, new Map())),
      );
      for (const half of [paths.slice(0, 110), paths.slice(110)]) {
        expect(half.filter((path) => path !== '/a')).toHaveLength(11);
        expect(half.filter((path) => path.startsWith('/0/'))).toHaveLength(1);
      }
    }
  });

  test('weights that no deck holds, and ranges too large for one, are dealt evenly as well', () => {
    const { user } = dealer({
      requests: [
        { weight: 1, ...a, path: '/a/{{int 0 9999}}' },
        { weight: Math.PI, ...b },
      ],
    });
    const dealt = Array.from({ length: 1000 }, () => user(0).nextAction()).flatMap((planned) =>
      planned.map(({ request: { path }, random }) => path.fill(random, new Map())),
    );
    const numbers = dealt.filter((path) => path !== '/b').map((path) => Number(path.slice(3)));
    expect(Math.abs(numbers.length - 1000 / (1 + Math.PI))).toBeLessThan(3);
    expect(Math.abs(numbers.filter((number) => number < 1000).length - numbers.length / 10)).toBeLessThan(3);
  });

  test('the n-th action is the same whoever takes it; another seed deals others', () => {
    const input: BehaviourInput = { requests: [{ ...a, path: '/{{int 0 999999}}' }, b] };
    const paths = (actions: ActionStream): string[] =>
      Array.from({ length: 20 }, () => actions.nextAction()).flatMap((planned) =>
        planned.map(({ request, random }) => request.path.fill(random, new Map())),
      );
    expect(paths(stream(input))).toEqual(paths(stream(input)));
    expect(paths(dealer(input).user(5))).toEqual(paths(stream(input)));
    expect(paths(stream(input, 9))).not.toEqual(paths(stream(input)));
  });
});
