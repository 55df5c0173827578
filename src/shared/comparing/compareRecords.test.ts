import { describe, expect, test } from 'vitest';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import type { ComparisonRecord } from '../record';
import { randomStream } from '../random';
import { estimateMean } from '../statistics/studentInterval';
import type { Effect } from '../record';
import { compareEffects } from './compareEffects';
import { changeWords } from './changeWords';
import { compareRecords } from './compareRecords';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();

/** An effect as a run of so many blocks would have it, of log ratios one by one. */
function effectOf(logRatios: readonly number[]): Effect {
  const { estimate, intervalAt } = estimateMean(logRatios, 0);
  const at = (level: number) => ({ low: Math.exp(intervalAt(level).low), high: Math.exp(intervalAt(level).high) });
  return {
    blocks: logRatios.length,
    ratio: {
      estimate: Math.exp(estimate),
      ...at(0.9875),
      level: 0.9875,
      interval95: at(0.95),
      equivalence: { ...at(0.9), level: 0.9 },
    },
    difference: null,
  } as unknown as Effect;
}

describe('the effects of two runs', () => {
  test('are compared by Welch’s t', () => {
    const change = compareEffects(effectOf([0.05, 0.07, 0.06, 0.08, 0.04]), effectOf([0.1, 0.14, 0.09]));
    // By hand: 2.8828 degrees of freedom, t = 3.256912 (its density integrated by Simpson's rule), standard error 0.0168325.
    expect(Math.log(change?.estimate ?? 0)).toBeCloseTo(0.05, 12);
    expect(Math.log(change?.low ?? 0)).toBeCloseTo(-0.0048219995, 8);
    expect(Math.log(change?.high ?? 0)).toBeCloseTo(0.1048219995, 8);
  });

  test('of the same truth are called changed in about one of twenty', () => {
    const random = randomStream(7, 'two runs');
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const runOf = (blocks: number, sd: number): Effect =>
      effectOf(Array.from({ length: blocks }, () => 0.06 + sd * normal()));
    const runs = 4000;
    let changed = 0;
    for (let run = 0; run < runs; run += 1) {
      const change = compareEffects(runOf(4, 0.02), runOf(9, 0.05));
      if (change && (change.low > 1 || change.high < 1)) changed += 1;
    }
    expect(changed / runs).toBeGreaterThan(0.035);
    expect(changed / runs).toBeLessThan(0.065);
  });

  test('have no change where one has too few blocks', () => {
    expect(compareEffects(effectOf([0.1, 0.2]), effectOf([0.1, 0.2, 0.3]))).toBeNull();
  });
});

describe('two runs', () => {
  const later = (change: Partial<ComparisonRecord> = {}): ComparisonRecord => ({ ...base, id: 'later', ...change });

  test('that are alike differ in nothing, and no effect is changed', () => {
    const { changes, unlike, weakness } = compareRecords(base, later());
    expect(changes.map(({ metric }) => metric)).toEqual(base.headline);
    expect(changes.every(({ outcome }) => outcome === 'alike')).toBe(true);
    expect(unlike).toEqual([]);
    expect(weakness).toMatch(/^Weak evidence: two runs, 0 s apart/);
  });

  test('of other code say so; of another machine are very weak evidence', () => {
    const software = { ...base.software, honeybadger: '9.9.9' };
    expect(compareRecords(base, later({ software })).unlike).toMatchObject([{ what: 'honeybadger', kind: 'cause' }]);
    const machine = { ...base.machine, host: 'elsewhere' };
    expect(compareRecords(base, later({ machine })).weakness).toMatch(
      /^Very weak evidence: other conditions \(machine\)/,
    );
  });

  test('of another load mean nothing, whatever their effects are', () => {
    const plan = { ...base.plan, target: 'other' };
    const effects = base.effects.map((effect) =>
      effect.ratio === null
        ? effect
        : { ...effect, ratio: { ...effect.ratio, estimate: 3, interval95: { low: 2.9, high: 3.1 } } },
    );
    expect(compareRecords(base, later({ effects })).changes.some(({ outcome }) => outcome === 'changed')).toBe(true);
    const { changes, weakness } = compareRecords(base, later({ plan, effects }));
    expect(weakness).toMatch(/^They did not measure the same thing \(target\)/);
    expect(changes.every(({ outcome }) => outcome === 'meaningless')).toBe(true);
    expect(changes.map(changeWords).join()).not.toMatch(/told apart|: changed/);
  });
});
