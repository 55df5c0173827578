import { describe, expect, test } from 'vitest';
import { syntheticPlan } from '../../../test/fixtures/syntheticTrials';
import type { RunEventBody } from '../../shared/events';
import { createColours } from './colours';
import { eventLines } from './eventLines';
import { trial, verified } from './testEvents';

const lines = (event: RunEventBody): readonly string[] => eventLines({ atMs: 1, ...event }, createColours(false));
const until = { halfWidth: 0.02, firstBlocks: 6 };
const started = (plan: ReturnType<typeof syntheticPlan>): RunEventBody => ({
  type: 'comparison-started',
  id: 'x',
  folder: '/runs/x',
  plan,
  variants: ['a', 'b'],
  estimatedSeconds: 300,
});

describe('the lines that stay', () => {
  test('tell of a comparison with --until that its blocks are the first ones only', () => {
    expect(lines(started(syntheticPlan()))[0]).toContain(' · 6 blocks · seed 42');
    expect(lines(started(syntheticPlan({ until })))[0]).toContain(
      ' · 6 blocks first, then as many as ±2 % of CPU per request takes · seed 42',
    );
  });

  test('tell how many blocks there are once that is fixed', () => {
    expect(lines({ type: 'plan-changed', plan: syntheticPlan({ until }), message: '12 blocks in all' })).toEqual([
      '12 blocks in all',
    ]);
  });

  test('mark a disturbed trial, and the trials of the repetition', () => {
    const finished = {
      type: 'trial-finished',
      trial,
      requests: 500,
      failures: 0,
      verification: verified,
      exit: { code: 0, signal: null, forced: false },
    } as const;
    expect(lines(finished)).toEqual(['✓ 2/24 block 1/6 · with_insights · 500 requests']);
    expect(lines({ ...finished, disturbed: true })[0]).toMatch(/ · 500 requests · disturbed by other programs$/);
    expect(lines({ ...finished, trial: { ...trial, position: 5, of: 28, attempt: 1 } })[0]).toMatch(
      /6\/28 block 1\/6 again · with_insights/,
    );
  });
});
