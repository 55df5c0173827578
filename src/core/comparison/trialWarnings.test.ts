import { describe, expect, test } from 'vitest';
import { syntheticCapacityTrial, syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import type { Plan } from '../../shared/plan';
import type { CapacityTrial, Exit, Trial, Verification } from '../../shared/record';
import { trialWarnings } from './trialWarnings';

const plan = {
  blocks: 3,
  scenario: { behaviourName: 'visitor' },
  variants: [
    { name: 'well', insightsEnabled: true },
    { name: 'ill', insightsEnabled: true, outage: 'hang' },
  ],
} as unknown as Plan;
const killed: Exit = { code: null, signal: 'SIGKILL', forced: true };
const cutShort: Exit = { ...killed, forcedReason: 'exit_wait_measured_once' };

function warningsOf(trials: readonly Trial[], capacity: readonly CapacityTrial[] = []): Record<string, string> {
  return Object.fromEntries(trialWarnings(plan, trials, capacity).map(({ code, message }) => [code, message]));
}

describe('a forced stop', () => {
  test('is the app’s when it outlasted the wait', () => {
    expect(warningsOf([syntheticTrial({ variant: 'well', exit: killed })])).toEqual({
      forced_stop: '1 times the app did not end by itself and was killed (well)',
    });
  });

  test('is ours, and said apart, when an outage’s exit had been waited for before', () => {
    const trials = [0, 1].map((block) => syntheticTrial({ variant: 'ill', block, exit: cutShort }));
    expect(warningsOf(trials, [syntheticCapacityTrial({ variant: 'ill', exit: cutShort })])).toEqual({
      outage_exit_cut_short:
        "What an outage adds to the app's exit was waited for once, and cut short in 3 more trials (ill)",
    });
  });
});

test('a quota of CPU time that was used up is told, a moment of it is not', () => {
  const held = (block: number, throttledPeriodShare?: number): Trial => {
    const trial = syntheticTrial({ variant: 'well', block });
    return {
      ...trial,
      machine: { ...trial.machine, ...(throttledPeriodShare === undefined ? {} : { throttledPeriodShare }) },
    };
  };
  expect(warningsOf([held(0), held(1, 0), held(2, 0.04)])).toEqual({});
  expect(warningsOf([held(0), held(1, 0.1), held(2, 0.426)])).toEqual({
    throttled:
      'A quota of CPU time held app and load back in 2 of 3 trials: in up to 43 % of its periods it was used up, and everything waited for the next one',
  });
});

test('tasks that waited at the end are told, a few on their way are not', () => {
  const trials = [3, 15, 250].map((celery, block) =>
    syntheticTrial({ variant: 'well', block, backlog: { celery, slow: 4 } }),
  );
  expect(warningsOf(trials)).toEqual({
    tasks_left:
      'The worker did not keep up: up to 254 tasks waited in the queue when the load had ended, in 1 of 3 trials (well); they were never run',
  });
});

test('a variant that wrote fewer rows per request is told, a handful on their way is not', () => {
  const wrote = (variant: string, orders: number): Trial =>
    syntheticTrial({ variant, requestsSent: 1000, rowsAdded: { orders } });
  expect(warningsOf([wrote('well', 400), wrote('ill', 390)])).toEqual({});
  expect(warningsOf([wrote('well', 10), wrote('ill', 0)])).toEqual({});
  expect(warningsOf([wrote('well', 400), wrote('ill', 300)])).toEqual({
    rows_differ:
      'The variants did not do the same work: per 1,000 requests well added 400.0 rows to its database, ill 300.0',
  });
});

test('events lost at capacity are those of healthy variants', () => {
  const lossy = (variant: string): CapacityTrial => {
    const trial = syntheticCapacityTrial({ variant });
    return { ...trial, verification: { ...trial.verification, missing: 7 } };
  };
  expect(warningsOf([], [lossy('ill')])).toEqual({});
  expect(warningsOf([], [lossy('ill'), lossy('well')])['events_lost_at_capacity']).toMatch(/^7 events were lost/);
});

describe('what trials tell of their events', () => {
  test('is nothing when all came in time', () => {
    expect(trialWarnings(plan, [scenario({})], [capacity({})])).toEqual([]);
  });

  test('late ones are summed over scenario and capacity trials, and their variants named', () => {
    const trials = [scenario({ late: 12 }), scenario({ late: 0 })];
    const late = trialWarnings(plan, trials, [capacity({ late: 3 })]).find(({ code }) => code === 'late_events');
    expect(late?.message).toMatch(/^15 events or notices came after their trial had been judged \(well\)/);
    expect(late?.advice).toContain('daemons');
  });

  test('lost ones in capacity trials mean that the cost there is underestimated: missing by their ids, or by the log', () => {
    const lost = (verification: Partial<Verification>) =>
      trialWarnings(plan, [], [capacity(verification), capacity({})]).find(
        ({ code }) => code === 'events_lost_at_capacity',
      )?.message;
    expect(lost({ missing: 40 })).toMatch(/^40 events were lost .* underestimate/);
    expect(lost({ dropped: 70 })).toMatch(/^70 events/);
    expect(lost({})).toBeUndefined();
  });
});

function scenario(verification: Partial<Verification>): Trial {
  const trial = syntheticTrial({ variant: 'well' });
  return { ...trial, verification: { ...trial.verification, ...verification } };
}

function capacity(verification: Partial<Verification>): CapacityTrial {
  const trial = syntheticCapacityTrial({ variant: 'well' });
  return { ...trial, verification: { ...trial.verification, ...verification } };
}
