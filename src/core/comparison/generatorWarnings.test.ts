import { describe, expect, test } from 'vitest';
import type { CapacityTrial, GeneratorUsage } from '../../shared/record';
import { syntheticCapacityTrial, syntheticTrial } from '../../../test/fixtures/syntheticTrials';
import { generatorWarnings } from './generatorWarnings';

const calm: GeneratorUsage = {
  cpuSeconds: 2,
  loopDelayP99Ms: 5,
  intendedRate: 40,
  achievedRate: 40,
  lateByGeneratorRate: 0,
  reconnects: 0,
  retries: 0,
};

/** The warnings of a calm trial and of these, 20 s each. */
function warned(...changes: readonly Partial<GeneratorUsage>[]): { code: string; message: string }[] {
  const trials = [{}, ...changes].map((change) =>
    syntheticTrial({ durationSeconds: 20, generator: { ...calm, ...change } }),
  );
  return generatorWarnings(trials, []).map(({ code, message }) => ({ code, message }));
}

describe('the generator', () => {
  test('that is calm and on time is no reason for a warning', () => {
    expect(warned()).toEqual([]);
    expect(warned({ cpuSeconds: 13.9, achievedRate: 39.3, loopDelayP99Ms: 19 })).toEqual([]);
  });

  test('above 70 % of its core is named with its share', () => {
    expect(warned({ cpuSeconds: 14.2 }, { cpuSeconds: 16.6 })).toEqual([
      {
        code: 'generator_busy',
        message:
          'The load generator used up to 83 % of a core (more than 70 % in 2 of 3 trials): latencies may include its own delays',
      },
    ]);
  });

  test('2 % behind by its own doing is told from an app that cannot keep up', () => {
    expect(warned({ achievedRate: 38, lateByGeneratorRate: 1.6, loopDelayP99Ms: 80 })).toEqual([
      {
        code: 'generator_behind',
        message:
          'Up to 5.0 % of the requests left late because the load generator was held up: this machine had no CPU for it, and high percentiles may include its delays',
      },
    ]);
    expect(warned({ achievedRate: 38, lateByGeneratorRate: 0.4 })).toEqual([
      {
        code: 'behind_schedule',
        message:
          'Up to 5.0 % of the requests left late because the app still owed earlier answers: it could not keep up with this load',
      },
    ]);
  });

  test('of a record that does not say whose doing it was is judged no further', () => {
    const { lateByGeneratorRate: _unknown, ...old } = { ...calm, achievedRate: 38 };
    const [warning] = generatorWarnings([syntheticTrial({ generator: old })], []);
    expect(warning?.message).toBe('Up to 5.0 % of the requests left late: the app or this machine could not keep up');
  });

  test('held up at times, but with every request on time, is said too', () => {
    expect(warned({ loopDelayP99Ms: 34 }).map(({ code }) => code)).toEqual(['generator_delayed']);
  });

  test('of a trial that was stopped before its window is not judged', () => {
    const stopped = { ...calm, cpuSeconds: 0, intendedRate: 0, achievedRate: 0 };
    expect(generatorWarnings([syntheticTrial({ durationSeconds: 0, generator: stopped })], [])).toEqual([]);
  });

  test('at its limit in capacity trials is said with their number', () => {
    const capacity = (['target', 'generator', 'unclear'] as const).map((bottleneck): CapacityTrial =>
      syntheticCapacityTrial({ bottleneck }),
    );
    expect(generatorWarnings([], capacity).map(({ message }) => message)).toEqual([
      'In 1 of 3 capacity trials the load generator was at its limit, not the app: requests per second say little',
    ]);
  });
});
