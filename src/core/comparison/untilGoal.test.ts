import { describe, expect, test } from 'vitest';
import { effectOf } from '../../../test/fixtures/effectOf';
import { laterBlocksSpreadMore } from '../../shared/effects/compareMeans';
import type { Plan } from '../../shared/plan';
import type { Effect, Warning } from '../../shared/record';
import { blocksUntil, missedGoal } from './untilGoal';

const until = { halfWidth: 0.02, firstBlocks: 6 };
const quick = { elapsedSeconds: 300, blockSeconds: 50 };
const withHalf = (percent: number, candidate = 'with_insights', blocks = 6) =>
  effectOf('cpu_ms_per_request', [1.06, 1.06 / (1 + percent / 100), 1.06 * (1 + percent / 100)], { candidate, blocks });

describe('the blocks of a comparison with --until', () => {
  test('grow with the square of what the first stage lacks', () => {
    const ofHalf = (percent: number): number => blocksUntil(until, [withHalf(percent)], quick).blocks;
    expect(ofHalf(1.5)).toBe(6);
    expect(ofHalf(4)).toBe(24);
  });

  test('do not hang on where the interval lies, only on how wide it is', () => {
    const shifted = effectOf('cpu_ms_per_request', [0.5, 0.5 / 1.04, 0.5 * 1.04]);
    expect(blocksUntil(until, [shifted], quick)).toEqual(blocksUntil(until, [withHalf(4)], quick));
  });

  test('suffice for every candidate', () => {
    expect(blocksUntil(until, [withHalf(1), withHalf(3, 'third')], quick)).toEqual(
      blocksUntil(until, [withHalf(3)], quick),
    );
  });

  test('make up for blocks of the first stage in which CPU was not measured', () => {
    const { wanted } = blocksUntil(until, [withHalf(4, 'with_insights', 5)], quick);
    expect(wanted).toBe(1 + 20);
  });

  test('are at most 60, and at most what fits into four hours, and never fewer than the first stage', () => {
    expect(blocksUntil(until, [withHalf(30)], quick)).toMatchObject({ blocks: 60 });
    expect(blocksUntil(until, [withHalf(30)], { elapsedSeconds: 3600, blockSeconds: 600 }).blocks).toBe(6 + 18);
    expect(blocksUntil(until, [withHalf(30)], { elapsedSeconds: 20_000, blockSeconds: 600 }).blocks).toBe(6);
    const many = { halfWidth: 0.02, firstBlocks: 80 };
    expect(blocksUntil(many, [withHalf(30, 'with_insights', 80)], quick).blocks).toBe(80);
  });

  test('cannot be planned without an interval, and endpoints do not stand in', () => {
    const none = { ...withHalf(4), ratio: null, difference: null };
    expect(blocksUntil(until, [none], quick)).toEqual({ blocks: 6, wanted: null });
    expect(blocksUntil(until, [{ ...withHalf(4), scope: { kind: 'companion', name: 'celery' } }], quick)).toEqual({
      blocks: 6,
      wanted: null,
    });
  });
});

describe('a goal that was missed', () => {
  const plan = { until, blocks: 24 } as Plan;
  const adjustment = { by: 'speed_probe', slope: 1, slowness: 1.02, degreesOfFreedom: 4 } as const;
  const cut = { code: 'until_bounded', message: 'cut', advice: '' };
  const missed = (effect: Effect, said: readonly Warning[] = []) => missedGoal(plan, [effect], said)?.message ?? null;

  test('is said when later blocks spread more, however little', () => {
    expect(missed({ ...withHalf(2.05), note: laterBlocksSpreadMore })).toContain('±2.05 % instead of ±2 %');
    expect(missed({ ...withHalf(1.95), note: laterBlocksSpreadMore })).toBeNull();
  });

  test('is said when the machine’s speed differed more, beyond what its chance readings do', () => {
    expect(missed({ ...withHalf(2.2), adjustment })).toContain('±2.2 % instead of ±2 %');
    expect(missed({ ...withHalf(2.05), adjustment })).toBeNull();
  });

  test('is not said again when a bound cut it, nor where nothing came after the first stage', () => {
    expect(missed({ ...withHalf(2.2), adjustment }, [cut])).toBeNull();
    expect(missedGoal({ ...plan, blocks: 6 }, [{ ...withHalf(4), adjustment }], [])).toBeNull();
  });
});
