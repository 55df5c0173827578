import { expect, test } from 'vitest';
import type { Plan } from '../../shared/plan';
import { routesBehaviour } from '../project/routesBehaviour';
import { adoptRoutes } from './adoptRoutes';

const openPlan = {
  target: { readyPath: '/' },
  behaviour: routesBehaviour(['/']),
  isBehaviourOpen: true,
  scenario: { name: 'quick', behaviourName: 'x' },
  capacity: { connections: 16, behaviourName: 'x', requests: [] },
} as unknown as Plan;

test('routes that answered become what users and the closed loop ask for, each equally often', () => {
  const { plan, finding } = adoptRoutes(openPlan, {
    usable: ['/', '/about/'],
    leftOut: [{ path: '/logout/', reason: 'unsafe by its name (logout)' }],
  });
  expect(plan.isBehaviourOpen).toBe(false);
  expect(plan.behaviour.requests).toMatchObject([
    { name: 'GET /', path: '/', weight: 1 },
    { name: 'GET /about/', path: '/about/', weight: 1 },
  ]);
  expect(plan.capacity?.requests.map(({ path }) => path)).toEqual(['/', '/about/']);
  expect(finding.message).toBe(
    "Nobody has named a behaviour: the load asks for 2 of the app's own routes, each equally often: /, /about/. Left out: /logout/ (unsafe by its name (logout)).",
  );
});

test('no more than twenty, and of long lists the first are named', () => {
  const usable = Array.from({ length: 30 }, (_, index) => `/${index}`);
  const { plan, finding } = adoptRoutes(openPlan, { usable, leftOut: [] });
  expect(plan.behaviour.requests).toHaveLength(20);
  expect(finding.message).toContain('/7 and 12 more. Left out: /20 (behind the first 20)');
});

test('without one that answers, the ready page stays, and that is said', () => {
  const { plan, finding } = adoptRoutes(openPlan, { usable: [], leftOut: [{ path: '/', reason: 'needs a login' }] });
  expect(plan).toEqual({ ...openPlan, isBehaviourOpen: false });
  expect(finding).toMatchObject({
    code: 'no_usable_route',
    message: expect.stringContaining('/ (needs a login)') as unknown,
  });
});

test('a run without capacity stays without', () => {
  const { plan } = adoptRoutes({ ...openPlan, capacity: null }, { usable: ['/'], leftOut: [] });
  expect(plan.capacity).toBeNull();
});
