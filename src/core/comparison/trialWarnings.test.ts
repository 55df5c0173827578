import { describe, expect, test } from 'vitest';
import { syntheticCapacityTrial, syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import type { Plan } from '../../shared/plan';
import type { CapacityTrial, Trial, Verification } from '../../shared/record';
import { trialWarnings } from './trialWarnings';

const plan = { variants: [], blocks: 3 } as unknown as Plan;

describe('what trials tell of their events', () => {
  test('is nothing when all came in time', () => {
    expect(trialWarnings(plan, [scenario({})], [capacity({})])).toEqual([]);
  });

  test('late ones are summed over scenario and capacity trials, and their variants named', () => {
    const trials = [scenario({ late: 12 }), scenario({ late: 0 })];
    const late = trialWarnings(plan, trials, [capacity({ late: 3 })]).find(({ code }) => code === 'late_events');
    expect(late?.message).toMatch(/^15 events or notices came after their trial had been judged \(with_insights\)/);
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
  const trial = syntheticTrial({ variant: 'with_insights' });
  return { ...trial, verification: { ...trial.verification, ...verification } };
}

function capacity(verification: Partial<Verification>): CapacityTrial {
  const trial = syntheticCapacityTrial({ variant: 'with_insights' });
  return { ...trial, verification: { ...trial.verification, ...verification } };
}
