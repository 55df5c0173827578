import { beforeAll, describe, expect, test } from 'vitest';
import { syntheticRecord, syntheticTrial, syntheticVariants } from '../../../test/fixtures/syntheticTrials';
import { metrics } from '../metrics';
import { effectSchema, type ComparisonRecord, type Effect, type Trial } from '../record';
import { computeEffects, type EffectsInput } from './computeEffects';

const [baseline, candidate] = syntheticVariants;
let record: ComparisonRecord;
let input: EffectsInput;
let effects: readonly Effect[];

beforeAll(() => {
  record = syntheticRecord();
  input = { ...record, variants: syntheticVariants, seed: 42 };
  effects = record.effects;
});

function total(all: readonly Effect[], metric: string): Effect {
  const found = all.find((effect) => effect.metric === metric && effect.scope.kind === 'total');
  if (!found) throw new Error(`no effect on ${metric}`);
  return found;
}

/** Without capacity trials and histograms: quick to compute where they do not matter. */
function lean(trials: readonly Trial[]): EffectsInput {
  return { ...input, capacity: [], trials: trials.map((trial) => ({ ...trial, latency: {} })) };
}

describe('the effects of a comparison', () => {
  test('hold each metric of the registry once for the whole target, and are valid by the schema', () => {
    const names = effects.filter(({ scope }) => scope.kind === 'total').map(({ metric }) => metric);
    // Not those that need both loads: these ask for different mixes.
    expect(names).toEqual(metrics.filter(({ source }) => source !== 'both').map(({ name }) => name));
    for (const effect of effects) expect(effectSchema.strict().parse(effect)).toEqual(effect);
  });

  test('hold endpoints and companions as exploratory', () => {
    const exploratory = effects.filter(({ family }) => family === 'exploratory');
    expect(exploratory.filter(({ scope }) => scope.kind === 'endpoint')).toHaveLength(4 * 4);
    expect(exploratory.filter(({ scope }) => scope.name === 'celery').map(({ metric }) => metric)).toEqual([
      'cpu_ms_per_request',
      'million_instructions_per_request',
      'rss_mean_mb',
      'rss_peak_mb',
      'pss_mean_mb',
      'threads',
      'fds',
      'context_switches_per_request',
      'disk_write_bytes_per_request',
      'worker_restarts',
    ]);
    expect(effects.filter(({ scope }) => scope.kind !== 'total')).toEqual(exploratory);
  });

  test('find what was put in, headline metrics at 98.75 % and the others at 95 %', () => {
    expect(total(effects, 'cpu_ms_per_request')).toMatchObject({ family: 'headline', verdict: 'increase', blocks: 6 });
    expect(total(effects, 'cpu_ms_per_request').ratio?.level).toBeCloseTo(0.9875, 12);
    expect(total(effects, 'capacity_rps').verdict).toBe('decrease');
    expect(total(effects, 'throughput_rps').verdict).toBe('equivalent');
    expect(total(effects, 'latency_p95_ms').ratio?.level).toBe(0.95);
    expect(total(effects, 'events_per_request')).toMatchObject({ baselineMean: 0, candidateMean: 1.3 });
  });

  test('turn round with the variants', () => {
    const back = computeEffects({ ...input, variants: [candidate, baseline] });
    for (const effect of effects) {
      const other = back.find(
        ({ metric, scope }) =>
          metric === effect.metric && scope.kind === effect.scope.kind && scope.name === effect.scope.name,
      );
      expect(other?.baselineMean, effect.metric).toBe(effect.candidateMean);
      if (effect.ratio) expect((other?.ratio?.low ?? NaN) * effect.ratio.high, effect.metric).toBeCloseTo(1, 9);
      else if (effect.difference) expect(other?.difference?.low, effect.metric).toBeCloseTo(-effect.difference.high, 9);
    }
  });

  test('of percentiles come from the pool', () => {
    const p95 = total(effects, 'latency_p95_ms');
    expect(p95.difference?.estimate).toBeCloseTo(p95.candidateMean - p95.baselineMean, 9);
    expect(p95.candidateInterval?.low).toBeLessThan(p95.candidateMean);
  });

  test('mark a percentile with fewer than ten requests beyond it and do not judge it', () => {
    const few = computeEffects({
      ...input,
      capacity: [],
      trials: record.trials.map((trial) => ({ ...trial, latency: { 'GET /': trial.latency['GET /'] ?? '' } })),
    });
    expect(total(few, 'latency_p99_ms')).toMatchObject({
      verdict: null,
      note: 'only 9 requests beyond this percentile: not judged',
    });
    expect(total(few, 'latency_p99_ms').ratio).not.toBeNull();
    expect(total(few, 'latency_p95_ms').verdict).not.toBeNull();
  });

  test('leave the unfinished block of a partial run out', () => {
    const trials = record.trials.filter(({ block, variant }) => block < 4 || (block === 4 && variant === baseline));
    expect(total(computeEffects(lean(trials)), 'cpu_ms_per_request').blocks).toBe(4);
  });

  test('say nothing of two blocks but the means', () => {
    const cpu = total(computeEffects(lean(record.trials.filter(({ block }) => block < 2))), 'cpu_ms_per_request');
    expect(cpu).toMatchObject({
      difference: null,
      ratio: null,
      verdict: null,
      note: 'too few blocks: 2 of at least 3',
    });
    expect(cpu.baselineMean).toBeGreaterThan(0);
  });

  test('do not count the disturbed attempt of a repeated block', () => {
    const disturbed = [baseline, candidate].map((variant, index) => ({
      ...syntheticTrial({ variant, block: 0, position: -2 + index, latency: {} }),
      cpuSeconds: { user: 90, system: 9 },
      disturbed: index === 0,
    }));
    const without = total(computeEffects(lean(record.trials)), 'cpu_ms_per_request');
    expect(total(computeEffects(lean([...disturbed, ...record.trials])), 'cpu_ms_per_request')).toEqual(without);
  });

  test("are judged by the first stage's spread where it fixed the number of blocks (--until)", () => {
    const half = (firstBlocks?: number): number => {
      const { ratio } = total(computeEffects({ ...lean(record.trials), firstBlocks }), 'cpu_ms_per_request');
      return ratio ? Math.log(ratio.interval95.high / ratio.interval95.low) / 2 : NaN;
    };
    const first = total(computeEffects(lean(record.trials.filter(({ block }) => block < 4))), 'cpu_ms_per_request');
    const ofFour = Math.log((first.ratio?.interval95.high ?? NaN) / (first.ratio?.interval95.low ?? NaN)) / 2;
    expect(half(4)).toBeCloseTo(ofFour * Math.sqrt(4 / 6), 9);
    expect(half(6)).toBe(half());
    expect(half(4)).not.toBeCloseTo(half(), 3);
  });

  test('never hold NaN or infinity, whatever did not work', () => {
    const broken = record.trials.map((trial) => ({
      ...trial,
      ...(trial.block % 2 === 0 ? { requests: 0, requestsSent: 0, failures: 0 } : {}),
      ...(trial.variant === candidate ? { cpuSeconds: { user: 0, system: 0 }, pssBytes: null } : {}),
    }));
    const computed = computeEffects(lean(broken));
    for (const effect of computed) expect(effectSchema.strict().parse(effect)).toEqual(effect);
    expect(total(computed, 'cpu_ms_per_request').note).toBe(
      'not measured in 3 of the blocks; no ratio: zero in at least one block',
    );
    const ofTarget = computed.filter(({ scope }) => scope.kind === 'total').map(({ metric }) => metric);
    expect(ofTarget).not.toContain('pss_mean_mb');
    expect(ofTarget).not.toContain('latency_mean_ms');
  });

  test('read errors by binomial bounds: none on either side is no proof of none', () => {
    const errors = total(effects, 'error_rate');
    expect(errors.difference).toMatchObject({ estimate: 0 });
    expect(errors.difference?.high).toBeGreaterThan(0.001);
    expect(errors.candidateInterval?.high).toBeGreaterThan(0.001);
    const failing = computeEffects(
      lean(record.trials.map((trial) => (trial.variant === candidate ? { ...trial, failures: 8 } : trial))),
    );
    expect(total(failing, 'error_rate')).toMatchObject({ verdict: 'increase', candidateMean: 0.02 });
  });

  test('widen with the number of candidates', () => {
    const third = record.trials
      .filter(({ variant }) => variant === candidate)
      .map((trial) => ({ ...trial, variant: 'third' }));
    const computed = computeEffects({
      ...lean([...record.trials, ...third]),
      variants: [baseline, candidate, 'third'],
    });
    expect(total(computed, 'cpu_ms_per_request').ratio?.level).toBeCloseTo(1 - 0.05 / 4, 12);
    expect(
      computed.filter(({ metric, scope }) => metric === 'cpu_ms_per_request' && scope.kind === 'total'),
    ).toHaveLength(2);
  });

  test('take no CPU spread to be smaller than one tick over the requests of a trial', () => {
    const ticking = record.trials.map((trial) => ({
      ...trial,
      cpuClock: 'ticks' as const,
      requests: 100,
      cpuSeconds: { user: trial.variant === candidate ? 0.51 : 0.5, system: 0 },
    }));
    expect(total(computeEffects(lean(ticking)), 'cpu_ms_per_request').verdict).toBe('inconclusive');
    const exact = ticking.map((trial) => ({ ...trial, cpuClock: 'posix' as const }));
    expect(total(computeEffects(lean(exact)), 'cpu_ms_per_request').verdict).toBe('increase');
  });
});
