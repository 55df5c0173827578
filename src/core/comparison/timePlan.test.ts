import { describe, expect, test } from 'vitest';
import type { OutageMode } from '../../shared/outage';
import type { Plan } from '../../shared/plan';
import type { PlannedTrial } from './drawOrder';
import { TimePlan } from './timePlan';

/** A load of 10 s; an exit of 20 s in an outage, 3 s once that is known. */
const plan = {
  scenario: { load: { type: 'rate', ratePerSecond: 10, arrivals: 'even' } },
  behaviour: { waitSeconds: [1, 3], requests: [] },
  trialSeconds: 10,
  warmupSeconds: 0,
  capacity: { warmupSeconds: 2, durationSeconds: 8 },
  variants: [variant('well'), variant('ill', 'hang')],
} as unknown as Plan;

function variant(name: string, outage?: OutageMode) {
  return { name, environment: { HONEYBADGER_EVENTS_THROTTLE_WAIT: '10' }, outage };
}

const well: PlannedTrial = { variant: 'well', kind: 'scenario' };
const ill: PlannedTrial = { variant: 'ill', kind: 'scenario' };
const illBusy: PlannedTrial = { variant: 'ill', kind: 'capacity' };

describe('the time that is left', () => {
  test('counts the first exit of an outage in full, later ones and those of capacity trials as they are cut short', () => {
    const time = new TimePlan(plan, () => 0);
    expect(time.estimate([well])).toBe(14);
    expect(time.estimate([illBusy, ill, ill])).toBe(3 * 14 + 3 + 20 + 3);
  });

  test('does not take an outage’s exit for what starting and stopping take', () => {
    const time = new TimePlan(plan, () => 0);
    time.trialTook(ill, 10 + 20 + 2);
    expect(time.estimate([well])).toBe(12);
    expect(time.estimate([ill])).toBe(12 + 3);
  });
});
