import { describe, expect, test } from 'vitest';
import { effectOf } from '../../../test/fixtures/effectOf';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { adjustmentSentence, asMeasuredWords, machineSpeedWords } from './adjustmentWords';

const raw = effectOf('cpu_ms_per_request', [1.068, 1.01, 1.129]).ratio;
const adjusted = effectOf('cpu_ms_per_request', [1.062, 1.049, 1.075], { raw: { ratio: raw, difference: null } });

describe('what was measured before machine speed was taken out', () => {
  test('is said beside the figure', () => {
    expect(asMeasuredWords(adjusted)).toBe('as measured +6.8 % (98.75 % CI +1.0 to +12.9)');
  });

  test('is not said where nothing was taken out', () => {
    expect(asMeasuredWords(effectOf('cpu_ms_per_request', [1.062, 1.049, 1.075]))).toBeNull();
    expect(adjustmentSentence(syntheticRecord(), 'with_insights')).toBeNull();
  });

  test('stands in one sentence for all headline effects of a candidate', () => {
    expect(adjustmentSentence(syntheticRecord({ effects: [adjusted] }), 'with_insights')).toBe(
      'Compared at equal machine speed; as measured: CPU per request +6.8 % (98.75 % CI +1.0 to +12.9).',
    );
  });
});

test('the machine’s speed is said with its spread, and not without a probe', () => {
  const record = syntheticRecord();
  expect(machineSpeedWords(record)).toBeNull();
  const trials = record.trials.map((trial, index) => ({
    ...trial,
    machine: { ...trial.machine, speedProbeMs: 0.4 + 0.01 * index },
  }));
  expect(machineSpeedWords({ trials, capacity: [] })).toBe(
    '0.455 ms per piece of fixed work beside each trial, 0.4 to 0.51 from trial to trial',
  );
});
