import { describe, expect, test } from 'vitest';
import type { Plan, VariantPlan } from './plan';
import { estimatePlanSeconds } from './planSeconds';

const users = { type: 'users', users: 11, spawnRatePerSecond: 2 } as const;
const base = {
  scenario: { load: users },
  capacity: null,
  variants: [{}, {}],
  blocks: 3,
  trialSeconds: 10,
  warmupSeconds: 5,
} as unknown as Plan;

describe('the length of a plan', () => {
  test('is ramp, warm-up, window and a start and stop for every variant of every block', () => {
    expect(estimatePlanSeconds(base)).toBe(3 * 2 * (5 + 5 + 10 + 4));
  });

  test('counts the wait at exit of an outage variant in full once, and then as it is cut short', () => {
    const ill = { environment: { HONEYBADGER_EVENTS_THROTTLE_WAIT: '60' }, outage: 'hang' } as unknown as VariantPlan;
    const behaviour = { waitSeconds: [1, 3], requests: [] } as unknown as Plan['behaviour'];
    const plan = { ...base, behaviour, variants: [...base.variants, ill] };
    expect(estimatePlanSeconds(plan)).toBe(3 * 3 * (5 + 5 + 10 + 4) + 120 + 2 * 3);
    const capacity = { warmupSeconds: 2, durationSeconds: 10 } as Plan['capacity'];
    expect(estimatePlanSeconds({ ...plan, capacity })).toBe(3 * 3 * (5 + 5 + 10 + 4 + 2 + 10 + 4) + 120 + 5 * 3);
  });

  test('counts the capacity trials', () => {
    const capacity = { warmupSeconds: 2, durationSeconds: 10 } as Plan['capacity'];
    expect(estimatePlanSeconds({ ...base, capacity })).toBe(3 * 2 * (5 + 5 + 10 + 4 + 2 + 10 + 4));
  });

  test('has no ramp at a rate', () => {
    const load = { type: 'rate', ratePerSecond: 40, arrivals: 'even' } as const;
    expect(estimatePlanSeconds({ ...base, scenario: { ...base.scenario, load } })).toBe(3 * 2 * (5 + 10 + 4));
  });
});
