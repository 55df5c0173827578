import { describe, expect, test } from 'vitest';
import { effectOf } from '../../../test/fixtures/effectOf';
import { noiseRun } from '../../../test/fixtures/noiseRun';
import { syntheticPlan, syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { noiseFloor } from '../noise/noiseFloor';
import { noiseConditions } from '../noise/noiseRun';
import type { NoiseRun } from '../noise/noiseSchemas';
import type { ComparisonRecord } from '../record';
import {
  effectNoise,
  effectNoiseText,
  falseClaimsText,
  noiseFacts,
  noiseLine,
  noiseWeaknesses,
  resolutionAssumption,
  resolutionMetrics,
  resolutionRows,
} from './noiseWords';

const cpu = effectOf('cpu_ms_per_request', [1.062, 1.049, 1.075]);
const latency = effectOf('latency_mean_ms', [1.012, 0.98, 1.045], { verdict: 'inconclusive' });
const plain = syntheticRecord({ plan: syntheticPlan({ order: [] }), effects: [cpu, latency] });
const schedules = [
  { name: 'quick', blocks: 3, trialSeconds: 10, seconds: 150 },
  { name: 'light_load', blocks: 6, trialSeconds: 20, seconds: 500 },
];

function after(runs: readonly NoiseRun[], overrides: Partial<ComparisonRecord> = {}): ComparisonRecord {
  const record = { ...plain, ...overrides };
  const noise = noiseFloor(runs, noiseConditions(record, 'here'), { headline: record.headline, schedules });
  return noise ? { ...record, noise } : record;
}

describe('the noise floor in words', () => {
  test('stands beside an effect at its own blocks and level', () => {
    const { noise } = after([noiseRun()]);
    expect(effectNoiseText(noise, cpu)).toBe('±4.1 % at 6 blocks');
    expect(effectNoise(noise, { ...cpu, blocks: 15 })).toBeLessThan(effectNoise(noise, cpu) ?? 0);
    const atLower = effectOf('cpu_ms_per_request', [1.062, 1.049, 1.075], { level: 0.95 });
    expect(effectNoise(noise, atLower)).toBeLessThan(effectNoise(noise, cpu) ?? 0);
  });

  test('stands beside headline metrics of the whole target alone, and beside none that was not measured', () => {
    const { noise } = after([noiseRun()]);
    expect(effectNoise(noise, { ...cpu, family: 'exploratory' })).toBeNull();
    expect(effectNoise(noise, { ...cpu, scope: { kind: 'companion', name: 'celery' } })).toBeNull();
    expect(effectNoise(noise, { ...cpu, ratio: null })).toBeNull();
    expect(effectNoise(noise, effectOf('rss_mean_mb', [1, 0.5, 1.5], { family: 'headline' }))).toBeNull();
    expect(effectNoise(undefined, cpu)).toBeNull();
  });

  test('is one line for all of them', () => {
    expect(noiseLine(after([noiseRun()]))).toBe(
      "This machine's noise floor: CPU per request ±4.1 %, mean latency ±6.4 % at 6 blocks (one A/A run on 2026-06-28)",
    );
    expect(noiseLine(plain)).toBe('');
    expect(noiseLine(after([noiseRun()], { plan: syntheticPlan({ purpose: 'aa', order: [] }) }))).toBe('');
  });

  test.each<[string, Partial<NoiseRun>, RegExp]>([
    [
      'another machine',
      { machine: { id: 'there', host: 'x', cpu: 'Big CPU', cores: 8 } },
      /^measured on another machine \(Big CPU, 8 cores\)$/,
    ],
    ['another load', { scenario: 'quick' }, /^measured with another load \(quick\)$/],
    ['another length', { trialSeconds: 10 }, /^from trials of 10 s, not 20 s$/],
    ['long ago', { measuredAt: '2026-05-17T09:30:00.000Z' }, /^measured 45 days before$/],
    ['another Python', { software: { ...noiseRun().software, python: '3.10.1' } }, /^measured with Python 3\.10\.1$/],
    [
      'another server',
      { software: { ...noiseRun().software, server: 'gunicorn 22.0.0' } },
      /^measured with gunicorn 22\.0\.0$/,
    ],
  ])('says that it is weak when it is of %s', (_, change, words) => {
    const record = after([noiseRun(change)]);
    expect(noiseWeaknesses(record)).toEqual([expect.stringMatching(words)]);
    expect(noiseLine(record)).toMatch(/\. A rough hint only: /);
    expect(noiseFacts(record).at(-1)?.text).toMatch(/^as a rough hint only: /);
  });

  test('is not weak on the same machine with the same load lately, and names another machine as such', () => {
    expect(noiseWeaknesses(after([noiseRun()]))).toEqual([]);
    expect(noiseFacts(after([noiseRun()])).at(-1)?.text).toBe('same machine, same load, same versions');
    const elsewhere = after([noiseRun({ machine: { id: 'there', host: 'x', cpu: 'y', cores: 8 } })]);
    expect(noiseLine(elsewhere)).toMatch(/^Another machine's noise floor/);
  });

  test('counts the runs that called the identical pair different', () => {
    const claimed = noiseRun({
      id: 'b',
      metrics: { cpu_ms_per_request: { logSd: 0.03, blocks: 6, isClaimed: true } },
    });
    expect(falseClaimsText(after([noiseRun(), claimed]).noise ?? never())).toBe(
      'in 1 of 2 (chance alone: in at most 5 % of runs)',
    );
    expect(falseClaimsText(after([noiseRun()]).noise ?? never())).toBe('none');
  });

  test('tells what each scenario can resolve, with what is assumed', () => {
    const record = after([noiseRun()]);
    expect(resolutionMetrics(record)).toEqual(record.headline);
    expect(resolutionRows(record)).toEqual([
      {
        scenario: 'quick',
        blocks: 3,
        trialSeconds: 10,
        seconds: 150,
        isMeasured: false,
        cells: ['±14 %', '±23 %', '±12 %', '±12 %'],
      },
      {
        scenario: 'light_load',
        blocks: 6,
        trialSeconds: 20,
        seconds: 500,
        isMeasured: true,
        cells: ['±4.1 %', '±6.4 %', '±3.6 %', '±3.6 %'],
      },
    ]);
    expect(resolutionAssumption(record.noise ?? never())).toMatch(
      /^Half of the 98\.75 % interval with one candidate, .*what it was here \(light_load: trials of 20 s, capacity trials of 10 s\)/,
    );
    expect(resolutionRows(plain)).toEqual([]);
  });
});

function never(): never {
  throw new Error('The record has no noise floor');
}
