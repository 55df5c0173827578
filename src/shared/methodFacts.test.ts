import { describe, expect, test } from 'vitest';
import { syntheticCapacityTrial, syntheticTrial } from '../../test/fixtures/syntheticTrials';
import { instrumentFacts } from './methodFacts';
import type { CapacityTrial } from './record';

const generator = {
  ...{ cpuSeconds: 1, loopDelayP99Ms: 5, intendedRate: 20, achievedRate: 20 },
  ...{ reconnects: 700, retries: 2 },
};

function factsOf(bottlenecks: readonly CapacityTrial['bottleneck'][]): Readonly<Record<string, string>> {
  const trials = [0, 1].map((block) => syntheticTrial({ block, generator }));
  const measured = { durationSeconds: 10, cpuSeconds: { user: 8, system: 1.7 }, generator: { cpuSeconds: 2.4 } };
  const capacity = bottlenecks.map((bottleneck) => syntheticCapacityTrial({ ...measured, bottleneck }));
  return Object.fromEntries(instrumentFacts({ trials, capacity }).map(({ name, text }) => [name, text]));
}

describe('what is said of the instrument', () => {
  test('how often connections were made anew, and requests sent again', () => {
    expect(factsOf([])['Connections']).toBe(
      '1,400 made anew, 4 requests sent again because the server had just closed an idle one',
    );
  });

  test('who was the limit of capacity, with the CPU of both', () => {
    expect(factsOf(['target', 'unclear', 'target'])['Limit of capacity']).toBe(
      'the app in 2 of 3 trials, unclear in 1; the app used 0.97 cores, the generator 0.24',
    );
    expect(factsOf(['generator'])['Limit of capacity']).toMatch(/^the load generator in 1 of 1 trials;/);
    expect(factsOf([])).not.toHaveProperty('Limit of capacity');
  });
});
