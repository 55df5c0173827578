import { describe, expect, test } from 'vitest';
import {
  syntheticCapacityTrial,
  syntheticPlan,
  syntheticRecord,
  syntheticTrial,
} from '../../test/fixtures/syntheticTrials';
import { designFacts, instrumentFacts, verificationText } from './methodFacts';
import type { ComparisonRecord } from './record';

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
