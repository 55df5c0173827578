import { expect, test } from 'vitest';
import { behaviourSchema, type BehaviourInput } from './behaviour';
import { expectedRequestsPerSecond } from './expectedRate';

const page = { name: 'page', path: '/' };

function rateOf(behaviour: BehaviourInput, load: Parameters<typeof expectedRequestsPerSecond>[0]): number {
  return expectedRequestsPerSecond(load, behaviourSchema.parse(behaviour));
}

const users = { type: 'users', users: 10, spawnRatePerSecond: 2 } as const;
const arrivals = { type: 'rate', ratePerSecond: 40, arrivals: 'even' } as const;

test('users make a request per think time', () => {
  expect(rateOf({ waitSeconds: [1, 3], requests: [page] }, users)).toBeCloseTo(10 / 2.02, 6);
});

test('users without think time are as fast as the app, which is taken to answer within 20 ms', () => {
  expect(rateOf({ waitSeconds: [0, 0], requests: [page] }, users)).toBeCloseTo(500, 6);
});

test('repeats, bursts and sequences count with all their requests, by weight', () => {
  const requests: BehaviourInput['requests'] = [
    { ...page, weight: 2, repeat: [1, 3] },
    { weight: 1, name: 'burst', pick: [3, 8], from: ['page'] },
    { weight: 1, name: 'buy', steps: ['page', { name: 'cart', path: '/cart/' }] },
    { weight: 0, name: 'never', path: '/never/' },
  ];
  expect(rateOf({ requests }, arrivals)).toBeCloseTo((40 * (2 * 2 + 5.5 + 2)) / 4, 6);
});
