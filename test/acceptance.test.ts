import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { judgeCost, knownCosts, type KnownCost } from '../acceptance/known/costs.mjs';
import { loadParts } from '../acceptance/loadParts.mjs';
import { minutesOf } from '../acceptance/part.mjs';
import { isMetricName } from '../src/shared/metrics';
import type { Effect, Verdict } from '../src/shared/record';

const cost: KnownCost = {
  about: '20 kB leaked per request',
  baseline: 'base',
  variant: 'leak',
  metric: 'rss_slope_mb_per_1000_requests',
  expected: 20,
  also: ['rss_mean_mb'],
  quiet: [['cpu_ms_per_request', 0.05]],
  plan: { blocks: 3, trialSeconds: 5 },
};

function effect(metric: string, [low, high]: readonly [number, number], verdict: Verdict): Effect {
  const interval = { low, high };
  return {
    metric,
    scope: { kind: 'total' },
    unit: 'ms',
    family: 'secondary',
    baseline: 'base',
    candidate: 'leak',
    baselineMean: 1,
    candidateMean: 1,
    difference: {
      estimate: (low + high) / 2,
      ...interval,
      level: 0.95,
      interval95: interval,
      equivalence: { ...interval, level: 0.9 },
    },
    ratio: null,
    candidateInterval: null,
    blocks: 3,
    smallestEffect: null,
    verdict,
  };
}

const slope = effect('rss_slope_mb_per_1000_requests', [19.6, 20.6], 'increase');
const memory = effect('rss_mean_mb', [6, 8], 'increase');
const cpu = effect('cpu_ms_per_request', [-0.02, 0.04], 'inconclusive');
const judge = (...effects: Effect[]) => judgeCost({ effects }, cost);

describe('a known cost', () => {
  test('is found when its metric says so, holds the truth, and the others are quiet', () => {
    expect(judge(slope, memory, cpu)).toEqual({
      isGood: true,
      text: 'rss_slope_mb_per_1000_requests increase 20.1 [19.6, 20.6] (truth 20)',
    });
  });

  test.each([
    ['the truth lies outside', [effect(slope.metric, [20.1, 21], 'increase'), memory, cpu], 'outside of rss_slope'],
    ['its metric does not claim it', [effect(slope.metric, [-1, 41], 'inconclusive'), memory, cpu], 'is inconclusive'],
    ['another metric does not show it', [slope, effect('rss_mean_mb', [-1, 9], 'inconclusive'), cpu], 'rss_mean_mb is'],
    ['a quiet metric moves', [slope, memory, effect(cpu.metric, [0.06, 0.2], 'increase')], 'alarm: cpu_ms_per_request'],
    [
      'a quiet metric falls',
      [slope, memory, effect(cpu.metric, [-0.3, -0.1], 'decrease')],
      'alarm: cpu_ms_per_request',
    ],
    ['a metric is missing', [slope, memory], 'nothing is said of cpu_ms_per_request'],
  ])('is not when %s', (_, effects, why) => {
    const judged = judge(...effects);
    expect(judged.isGood).toBe(false);
    expect(judged.text).toContain(why);
  });

  test('may lie in a range that the interval touches', () => {
    const wide = { ...cost, expected: [20.2, 30], also: [], quiet: [] };
    expect(judgeCost({ effects: [slope] }, wide).isGood).toBe(true);
    expect(judgeCost({ effects: [slope] }, { ...wide, expected: [20.7, 30] }).isGood).toBe(false);
  });
});

describe('the table of known costs', () => {
  const text = readFileSync(new URL('../acceptance/known/insights-comparison.jsonc', import.meta.url), 'utf8');
  const { variants } = z.object({ variants: z.record(z.string(), z.unknown()) }).parse(parse(text));

  test('names variants of the project file, each of them in use', () => {
    const used = new Set(knownCosts.flatMap(({ baseline, variant }) => [baseline, variant]));
    expect([...used].sort()).toEqual(Object.keys(variants).sort());
  });

  test('names metrics of the registry', () => {
    // Marginal and standing cost are told apart by a part of the product of its own.
    for (const { metric, alsoExpected = [], also = [], quiet } of knownCosts) {
      const names = [metric, ...alsoExpected.map((each) => each.metric), ...also, ...quiet.map(([name]) => name)];
      for (const name of names) expect(isMetricName(name), name).toBe(true);
    }
  });
});

describe('the parts of the acceptance', () => {
  test('take less than 60 minutes each and 4 hours in all, and name their runs differently', async () => {
    const parts = [...(await loadParts())];
    expect(parts.length).toBeGreaterThan(0);
    for (const [name, part] of parts) {
      expect(minutesOf(part), name).toBeLessThan(60);
      expect(new Set(part.runs.map((run) => run.name)).size, name).toBe(part.runs.length);
    }
    const together = parts.filter(([, part]) => !part.isApart);
    expect(together.reduce((sum, [, part]) => sum + minutesOf(part), 0)).toBeLessThan(240);
  });
});
