import { describe, expect, test } from 'vitest';
import { syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import type { Exit, Trial } from '../record';
import { computeEffects } from './computeEffects';

const inFull: Exit = { code: 0, signal: null, forced: false };
const cutShort: Exit = { code: null, signal: 'SIGKILL', forced: true, forcedReason: 'exit_wait_measured_once' };

/** Three blocks: the baseline ends within 74 ms; the outage once in 10 s, then it is cut short after 3 s. */
function shutdownOf(exits: readonly (readonly [Exit, number])[]) {
  const trials = exits.flatMap(([exit, shutdownMs], block): Trial[] => [
    syntheticTrial({ block, position: 2 * block }),
    syntheticTrial({ block, position: 2 * block + 1, variant: 'ill', exit, shutdownMs }),
  ]);
  const effects = computeEffects({
    trials,
    capacity: [],
    variants: ['without_insights', 'ill'],
    headline: [],
    seed: 1,
  });
  return effects.find(({ metric, scope }) => metric === 'shutdown_ms' && scope.kind === 'total');
}

describe('the shutdown of an outage variant', () => {
  test('is the one that was waited for, without interval and verdict', () => {
    const effect = shutdownOf([
      [cutShort, 3000],
      [inFull, 10_000],
      [cutShort, 3000],
    ]);
    expect(effect).toMatchObject({
      baselineMean: 74,
      candidateMean: 10_000,
      difference: null,
      verdict: null,
      blocks: 1,
    });
    expect(effect?.note).toBe('measured once, then cut short');
  });

  test('says when the app had not ended even then', () => {
    const outlasted: Exit = { code: null, signal: 'SIGKILL', forced: true };
    const effect = shutdownOf([
      [outlasted, 130_000],
      [cutShort, 3000],
    ]);
    expect(effect?.note).toBe('measured once, then cut short; it had not ended by itself then');
  });

  test('is left out of a run that ended before it was measured', () => {
    expect(shutdownOf([[cutShort, 3000]])).toBeUndefined();
  });

  test('is compared as ever where nothing was cut short', () => {
    const effect = shutdownOf([
      [inFull, 2000],
      [inFull, 2010],
      [inFull, 2020],
    ]);
    expect(effect).toMatchObject({ blocks: 3, verdict: 'increase' });
  });
});
