import { expect, test } from 'vitest';
import { behaviourSchema } from '../../shared/behaviour';
import type { OutageMode } from '../../shared/outage';
import type { Plan, VariantPlan } from '../../shared/plan';
import { outageWarnings } from './outageWarnings';

function plan(variants: readonly VariantPlan[]): Plan {
  return {
    scenario: { load: { type: 'rate', ratePerSecond: 10, arrivals: 'even' } },
    behaviour: behaviourSchema.parse({ requests: [{ name: 'page', path: '/' }] }),
    trialSeconds: 20,
    variants,
  } as unknown as Plan;
}

function variant(name: string, outage?: OutageMode, environment: Record<string, string> = {}): VariantPlan {
  return { name, envFiles: [], environment, insightsEnabled: true, outage };
}

test('scaled variants are named with their settings and Honeybadger’s own', () => {
  const variants = [variant('well'), variant('a', '429'), variant('b', 'hang'), variant('c', '500')];
  expect(outageWarnings(plan(variants), {})).toEqual([
    {
      code: 'outages_scaled',
      message:
        'Outage variants are scaled to trials of 20 s: a and b with HONEYBADGER_EVENTS_MAX_QUEUE_SIZE=100 instead of 10000 and ' +
        "HONEYBADGER_EVENTS_THROTTLE_WAIT=5 instead of 60, so that the queue is full by the middle of a trial; memory and the wait at exit are smaller than with Honeybadger's defaults",
      advice: 'For values of your own, set them in the variant: --env VARIANT:NAME=VALUE.',
    },
  ]);
});

test('nothing is said where nothing is scaled, be it because the user or the shell has set it', () => {
  const set = { HONEYBADGER_EVENTS_MAX_QUEUE_SIZE: '500' };
  expect(outageWarnings(plan([variant('well'), variant('c', 'refuse')]), {})).toEqual([]);
  expect(outageWarnings(plan([variant('a', 'hang', set)]), { HONEYBADGER_EVENTS_THROTTLE_WAIT: '60' })).toEqual([]);
});
