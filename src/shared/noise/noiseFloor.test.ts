import { describe, expect, test } from 'vitest';
import { effectOf } from '../../../test/fixtures/effectOf';
import { noiseRun } from '../../../test/fixtures/noiseRun';
import { syntheticPlan, syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { recordSchema, type ComparisonRecord } from '../record';
import { noiseFloor } from './noiseFloor';
import { noiseConditions, noiseRunOf } from './noiseRun';
import type { NoiseConditions, NoiseRun } from './noiseSchemas';

const cpu = effectOf('cpu_ms_per_request', [1.004, 0.978, 1.031], { verdict: 'inconclusive' });
const aa: ComparisonRecord = syntheticRecord({ plan: syntheticPlan({ purpose: 'aa', order: [] }), effects: [cpu] });
const here: NoiseConditions = noiseConditions(aa, 'here');
const schedules = [
  { name: 'quick', blocks: 3, trialSeconds: 10, seconds: 150 },
  { name: 'light_load', blocks: 6, trialSeconds: 20, seconds: 500 },
];
const options = { headline: aa.headline, schedules };

function cpuSd(runs: readonly NoiseRun[], wanted = here): number | undefined {
  return noiseFloor(runs, wanted, options)?.metrics['cpu_ms_per_request']?.sdPercent;
}

function run(logSd: number, overrides: Partial<NoiseRun> = {}): NoiseRun {
  return noiseRun({ metrics: { cpu_ms_per_request: { logSd, blocks: 6, isClaimed: false } }, ...overrides });
}

describe('what an A/A run shows', () => {
  test('is the spread of each headline metric, under its conditions', () => {
    const shown = noiseRunOf(aa, 'here');
    expect(shown).toMatchObject({ ...here, id: aa.id, measuredAt: aa.createdAt, blocks: 6 });
    // Half of ln(1.031/0.978), × √6 / t(0.975; 5).
    expect(shown?.metrics['cpu_ms_per_request']?.logSd).toBeCloseTo(
      ((Math.log(1.031 / 0.978) / 2) * Math.sqrt(6)) / 2.570582,
      5,
    );
    expect(shown?.metrics['cpu_ms_per_request']?.isClaimed).toBe(false);
  });

  test('with --until the spread is the first stage’s, which has fewer degrees of freedom', () => {
    const until = { halfWidth: 0.02, firstBlocks: 4 };
    const staged = { ...aa, plan: syntheticPlan({ purpose: 'aa', order: [], until }) };
    // t(0.975; 3) instead of t(0.975; 5).
    expect(noiseRunOf(staged, 'here')?.metrics['cpu_ms_per_request']?.logSd).toBeCloseTo(
      ((Math.log(1.031 / 0.978) / 2) * Math.sqrt(6)) / 3.182446,
      5,
    );
  });

  test('has a false claim in it where there was one', () => {
    const claimed = { ...aa, effects: [{ ...cpu, verdict: 'increase' as const }] };
    expect(noiseRunOf(claimed, 'here')?.metrics['cpu_ms_per_request']?.isClaimed).toBe(true);
  });

  test.each<[string, Partial<ComparisonRecord>]>([
    ['a comparison', { plan: syntheticPlan() }],
    ['a run that was stopped', { status: 'partial' }],
    ['an invalid one', { status: 'invalid' }],
    ['a forced one', { plan: syntheticPlan({ purpose: 'aa', forced: true }) }],
    ['too few blocks', { effects: [{ ...cpu, ratio: null, difference: null, verdict: null }] }],
  ])('is nothing of %s', (_, change) => {
    expect(noiseRunOf({ ...aa, ...change }, 'here')).toBeNull();
  });
});

describe('the noise floor of a comparison', () => {
  test('is unknown without a run', () => {
    expect(noiseFloor([], here, options)).toBeNull();
  });

  test('pools the runs under the same conditions', () => {
    const floor = noiseFloor(
      [run(0.02), run(0.04, { id: 'b', measuredAt: '2026-06-29T00:00:00.000Z' })],
      here,
      options,
    );
    expect(floor).toMatchObject({
      runs: 2,
      runsWithClaims: 0,
      measuredAt: '2026-06-29T00:00:00.000Z',
      isSameMachine: true,
    });
    expect(floor?.metrics['cpu_ms_per_request']?.sdPercent).toBeCloseTo(
      100 * Math.sqrt((0.02 ** 2 + 0.04 ** 2) / 2),
      10,
    );
    expect(floor?.metrics['cpu_ms_per_request']?.blocks).toBe(12);
  });

  test('prefers this machine to the same load, and the same load to the newest', () => {
    const elsewhere = run(0.01, {
      machine: { id: 'there', host: 'x', cpu: 'y', cores: 8 },
      measuredAt: '2026-06-30T00:00:00.000Z',
    });
    const quick = run(0.05, { scenario: 'quick', trialSeconds: 10, measuredAt: '2026-06-30T00:00:00.000Z' });
    expect(cpuSd([elsewhere, quick])).toBeCloseTo(5, 10);
    expect(cpuSd([elsewhere, quick, run(0.03)])).toBeCloseTo(3, 10);
    expect(noiseFloor([elsewhere], here, options)?.isSameMachine).toBe(false);
  });

  test('leaves out runs of long ago, and more than the newest five', () => {
    const days = (number: number): string => new Date(Date.UTC(2026, 5, 28) - number * 86_400_000).toISOString();
    expect(cpuSd([run(0.03), run(0.3, { measuredAt: days(120) })])).toBeCloseTo(3, 10);
    const many = [0, 1, 2, 3, 4].map((day) => run(0.03, { id: `${day}`, measuredAt: days(day) }));
    expect(cpuSd([...many, run(0.3, { measuredAt: days(5) })])).toBeCloseTo(3, 10);
  });

  test('takes about the same rate for the same load: quick halves what it finds', () => {
    const rate = (ratePerSecond: number) => ({ type: 'rate' as const, ratePerSecond, arrivals: 'even' as const });
    const wanted = { ...here, load: rate(40) };
    expect(cpuSd([run(0.03, { load: rate(36) }), run(0.05)], wanted)).toBeCloseTo(3, 10);
    expect(
      cpuSd([run(0.03, { load: rate(10) }), run(0.05, { measuredAt: '2026-06-29T00:00:00.000Z' })], wanted),
    ).toBeCloseTo(5, 10);
  });

  test('says what each scenario can resolve at the headline level of one candidate, and nothing of too few blocks', () => {
    const floor = noiseFloor([noiseRun()], here, {
      ...options,
      schedules: [...schedules, { name: 'two', blocks: 2, trialSeconds: 5, seconds: 9 }],
    });
    expect(floor?.level).toBeCloseTo(0.9875, 12);
    const resolvablePercent = floor?.metrics['cpu_ms_per_request']?.resolvablePercent ?? {};
    // t(0.99375; 5) = 3.8100 and t(0.99375; 2) = 8.8602.
    expect(resolvablePercent['light_load']).toBeCloseTo(100 * Math.expm1((3.81 * 0.026) / Math.sqrt(6)), 2);
    expect(resolvablePercent['quick']).toBeCloseTo(100 * Math.expm1((8.8602 * 0.026) / Math.sqrt(3)), 2);
    expect(resolvablePercent['two']).toBeNull();
  });

  test('is part of a valid record', () => {
    const noise = noiseFloor([noiseRun()], here, options) ?? undefined;
    const record = { ...aa, noise };
    expect(recordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });
});
