import { describe, expect, test } from 'vitest';
import { behaviourSchema } from './behaviour';
import type { OutageMode } from './outage';
import { expectedExitSeconds, knownExitSeconds, outageScale } from './outageScale';
import type { VariantPlan } from './plan';

const plan = {
  scenario: { load: { type: 'rate', ratePerSecond: 40, arrivals: 'even' } },
  behaviour: behaviourSchema.parse({ requests: [{ name: 'page', path: '/' }] }),
  trialSeconds: 20,
} as const;

function variant(outage: OutageMode | undefined, environment: Record<string, string> = {}): VariantPlan {
  return { name: 'ill', envFiles: [], environment, insightsEnabled: true, outage };
}

function scaleOf(outage: OutageMode | undefined, environment: Record<string, string> = {}) {
  return outageScale(plan, variant(outage, environment), environment);
}

describe('an outage that piles up events for ever is scaled to a trial', () => {
  test.each(['429', 'hang'] as const)('%s: the queue holds half a trial, the throttle wait is a quarter', (mode) => {
    expect(scaleOf(mode)).toEqual({
      HONEYBADGER_EVENTS_MAX_QUEUE_SIZE: '400',
      HONEYBADGER_EVENTS_THROTTLE_WAIT: '5',
    });
  });

  test.each(['slow', '500', '413', 'refuse', undefined] as const)('%s shows by itself, and is not', (mode) => {
    expect(scaleOf(mode)).toEqual({});
  });

  test('what the user set stays', () => {
    expect(scaleOf('hang', { HONEYBADGER_EVENTS_MAX_QUEUE_SIZE: '7000' })).toEqual({
      HONEYBADGER_EVENTS_THROTTLE_WAIT: '5',
    });
    expect(scaleOf('429', { HONEYBADGER_EVENTS_THROTTLE_WAIT: '60' })).toEqual({
      HONEYBADGER_EVENTS_MAX_QUEUE_SIZE: '400',
    });
  });

  test('events that are not sampled fill no queue', () => {
    expect(scaleOf('hang', { HONEYBADGER_EVENTS_SAMPLE_RATE: '25' })).toMatchObject({
      HONEYBADGER_EVENTS_MAX_QUEUE_SIZE: '100',
    });
  });

  test('nothing is made larger than Honeybadger has it', () => {
    const load = { type: 'rate', ratePerSecond: 1000, arrivals: 'even' } as const;
    const long = { ...plan, scenario: { load }, trialSeconds: 300 };
    expect(outageScale(long, variant('hang'), {})).toEqual({});
  });
});

describe('the wait at exit that is to be expected', () => {
  test.each([
    [undefined, {}, 0],
    ['slow', {}, 2],
    ['500', {}, 10],
    ['413', { HONEYBADGER_EVENTS_TIMEOUT: '1' }, 2],
    ['refuse', {}, 10],
    ['429', {}, 10],
    ['hang', {}, 10],
    ['hang', { HONEYBADGER_EVENTS_THROTTLE_WAIT: '60' }, 120],
    ['hang', { HONEYBADGER_EVENTS_THROTTLE_WAIT: '600' }, 130],
    ['hang', { HONEYBADGER_EVENTS_THROTTLE_WAIT: 'soon' }, 120],
  ] as const)('%s with %j: %d s', (mode, environment, seconds) => {
    expect(expectedExitSeconds(plan, variant(mode, environment))).toBe(seconds);
  });

  test('is short once it is known', () => {
    expect(knownExitSeconds(plan, variant('hang'))).toBe(3);
    expect(knownExitSeconds(plan, variant('500', { HONEYBADGER_EVENTS_TIMEOUT: '1' }))).toBe(2);
    expect(knownExitSeconds(plan, variant('slow'))).toBe(2);
    expect(knownExitSeconds(plan, variant(undefined))).toBe(0);
  });
});
