import { expect, test } from 'vitest';
import { syntheticRecord } from '../../test/fixtures/syntheticTrials';
import { verificationText } from './methodFacts';

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
