import { beforeAll, describe, expect, test } from 'vitest';
import { ladderRecord, ladderVariants } from '../../../test/fixtures/ladderRecord';
import { syntheticRecord, syntheticVariants } from '../../../test/fixtures/syntheticTrials';
import { effectSchema, recordSchema, type ComparisonRecord, type Effect } from '../record';
import { computeEffects } from './computeEffects';
import { computeSteps } from './computeSteps';

let record: ComparisonRecord;
let steps: readonly Effect[];
beforeAll(() => {
  record = ladderRecord();
  steps = record.steps ?? [];
});

function cpu(all: readonly Effect[], candidate: string): Effect {
  const found = all.find((effect) => effect.metric === 'cpu_ms_per_request' && effect.candidate === candidate);
  if (!found) throw new Error(`nothing on the CPU of ${candidate}`);
  return found;
}

describe('steps between neighbours', () => {
  test('pair each variant with the one named before it, from the third on', () => {
    const pairs = steps.map(({ baseline, candidate }) => `${baseline} → ${candidate}`);
    expect([...new Set(pairs)]).toEqual(['without_insights → collect_only', 'collect_only → with_insights']);
  });

  test('hold the headline metrics and a few others, of the whole target, exploratory at 95 %', () => {
    const metrics = steps.filter(({ candidate }) => candidate === 'collect_only').map(({ metric }) => metric);
    expect(metrics).toEqual(expect.arrayContaining([...record.headline, 'rss_mean_mb', 'events_per_request']));
    for (const step of steps) {
      expect(step).toMatchObject({ family: 'exploratory', scope: { kind: 'total' } });
      if (step.ratio) expect(step.ratio.level).toBe(0.95);
    }
  });

  test('multiply up to the effect of the last variant against the baseline', () => {
    const product = [cpu(record.effects, 'without_insights'), cpu(steps, 'collect_only'), cpu(steps, 'with_insights')]
      .map(({ ratio }) => ratio?.estimate ?? NaN)
      .reduce((all, ratio) => all * ratio, 1);
    expect(product).toBeCloseTo(cpu(record.effects, 'with_insights').ratio?.estimate ?? NaN, 10);
  });

  test('are what an effect between the two would be', () => {
    const variants = ['without_insights', 'collect_only'];
    const effect = cpu(computeEffects({ ...record, variants, headline: [], seed: record.plan.seed }), 'collect_only');
    expect(cpu(steps, 'collect_only')).toEqual({ ...effect, family: 'exploratory' });
  });

  test('take nothing from the headline family: its level follows candidates and metrics alone', () => {
    for (const candidate of ladderVariants.slice(1)) {
      expect(cpu(record.effects, candidate).ratio?.level).toBeCloseTo(1 - 0.05 / (4 * 3), 12);
    }
  });

  test('do not exist for two variants', () => {
    const two = syntheticRecord();
    expect(computeSteps({ ...two, variants: [...syntheticVariants], seed: 1 })).toEqual([]);
  });

  test('are valid by the schema, and a record with them is read back as it was', () => {
    for (const step of steps) expect(effectSchema.strict().parse(step)).toEqual(step);
    expect(recordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });
});
