import { describe, expect, test } from 'vitest';
import {
  syntheticCapacityTrial,
  syntheticPlan,
  syntheticRecord,
  syntheticTrial,
} from '../../test/fixtures/syntheticTrials';
import { designFacts, instrumentFacts, verificationText } from './methodFacts';
import type { CapacityTrial, ComparisonRecord } from './record';

const record = syntheticRecord({ effects: [], sentence: '' });
const factOf = (facts: ReturnType<typeof designFacts>, name: string): string =>
  facts.find((fact) => fact.name === name)?.text ?? '';

/** The record with block 0 disturbed by a capacity trial and run again behind everything else. */
function withRepetition(): ComparisonRecord {
  const again = { block: 0, attempt: 1, latency: {} };
  const [a, b] = ['without_insights', 'with_insights'];
  return {
    ...record,
    trials: [
      ...record.trials,
      syntheticTrial({ ...again, variant: a, position: 24 }),
      syntheticTrial({ ...again, variant: b, position: 25 }),
    ],
    capacity: [
      ...record.capacity.map((trial) => ({ ...trial, disturbed: trial.block === 0 && trial.variant === b })),
      syntheticCapacityTrial({ ...again, variant: a, position: 26 }),
      syntheticCapacityTrial({ ...again, variant: b, position: 27 }),
    ],
  };
}

describe('how it was measured', () => {
  test('claims the same requests for both variants of our own generator alone', () => {
    const same = 'same requests for every variant of a block';
    expect(factOf(designFacts(record), 'Order')).toContain(same);
    const locust = { version: '2.47.0', workers: 2, userClasses: ['WebAppUser'], isOwnFile: false };
    const made = designFacts({ ...record, plan: { ...record.plan, locust } });
    expect(factOf(made, 'Order')).not.toContain(same);
    expect(factOf(made, 'Generator')).toContain('drawn in each trial anew');
  });

  test('says of a pinned run whether the core of the generator was kept awake', () => {
    const pinned = { ...record, plan: { ...record.plan, pinned: true } };
    expect(factOf(designFacts(pinned), 'Cores')).toBe(
      'one for the app alone, the others for everything else of the run',
    );
    const capacity = pinned.capacity.map((trial) => ({ ...trial, machine: { ...trial.machine, awakeCpuSeconds: 8 } }));
    expect(factOf(designFacts({ ...pinned, capacity }), 'Cores')).toMatch(
      /; the generator's kept awake during capacity/,
    );
  });

  test('says in how many trials instructions were counted, and nothing where none were', () => {
    const clock = (changed: ComparisonRecord): string => factOf(instrumentFacts(changed), 'CPU clock');
    expect(clock(record)).toMatch(/; instructions by the CPU's own counters$/);
    const uncounted = record.capacity.map(({ instructions, ...trial }) => trial);
    const [trials, capacity] = [record.trials.length, uncounted.length];
    expect(clock({ ...record, capacity: uncounted })).toContain(` in ${trials} of ${trials + capacity} trials`);
    const none = record.trials.map(({ instructions, ...trial }) => trial);
    expect(clock({ ...record, trials: none, capacity: uncounted })).not.toContain('instructions');
  });

  test('names the blocks that were planned and measured', () => {
    expect(factOf(designFacts(record), 'Blocks')).toMatch(
      /^6 planned, 6 measured; in each, every variant once for 20 s/,
    );
  });

  test('says that a disturbed block was repeated', () => {
    const repeated = withRepetition();
    expect(factOf(designFacts(repeated), 'Blocks')).toMatch(
      /^6 planned, 6 measured, 1 repeated after a disturbance \(both attempts are kept\);/,
    );
    expect(factOf(instrumentFacts(repeated), 'Disturbed')).toBe('1 of 28 trials');
    expect(factOf(instrumentFacts(record), 'Disturbed')).toBe('no trial');
  });

  test('says by what --until fixed the number of blocks', () => {
    const plan = syntheticPlan({ until: { halfWidth: 0.02, firstBlocks: 4 } });
    expect(factOf(designFacts({ ...record, plan }), 'Blocks')).toMatch(
      /^4 at first, by whose spread 6 in all for ±2 % of CPU per request \(Stein 1945\), 6 measured;/,
    );
  });
});

test('what an outage keeps from arriving is not counted among what was expected', () => {
  const record = syntheticRecord();
  const healthy = verificationText(record);
  expect(healthy).toMatch(/^([\d,]+) of \1 expected request events arrived; 24 of 24 trials verified$/);
  const ill = record.trials.slice(0, 3).map((trial) => ({
    ...trial,
    variant: 'ill',
    verification: { ...trial.verification, expected: 500, received: 0, missing: 500, refused: 4, ok: true },
  }));
  const variants = [
    ...record.variants,
    { name: 'ill', envFiles: [], envHash: '', injected: {}, outage: '429' as const },
  ];
  const withOutage = verificationText({ ...record, variants, trials: [...record.trials, ...ill] });
  expect(withOutage).toBe(`${healthy}; the outage was met in 3 of 3 trials of outage variants`);
});

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
