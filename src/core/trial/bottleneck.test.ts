import { describe, expect, test } from 'vitest';
import { bottleneck, type LimitFigures } from './bottleneck';

const figures = (change: Partial<LimitFigures>): LimitFigures => ({
  targetCores: 0.5,
  busiestProcessCores: 0.5,
  generatorCores: 0.3,
  machineCores: 2,
  ...change,
});

describe('at its limit is', () => {
  test('the target, when one of its processes fills a core', () => {
    expect(bottleneck(figures({ targetCores: 0.95, busiestProcessCores: 0.93 }))).toBe('target');
    expect(bottleneck(figures({ targetCores: 3.6, busiestProcessCores: 0.92, machineCores: 8 }))).toBe('target');
  });

  test('the target, when its workers together fill what the generator leaves of the machine', () => {
    expect(bottleneck(figures({ targetCores: 1.5, busiestProcessCores: 0.4 }))).toBe('target');
  });

  test('nobody for certain, when several workers wait for something: a database, a lock', () => {
    expect(bottleneck(figures({ targetCores: 0.95, busiestProcessCores: 0.24 }))).toBe('unclear');
    expect(bottleneck(figures({ targetCores: 1.5, busiestProcessCores: 0.4, machineCores: 8 }))).toBe('unclear');
  });

  test('the generator or nobody for certain, when the target cannot be seen', () => {
    const unseen = { targetCores: null, busiestProcessCores: null };
    expect(bottleneck(figures({ ...unseen, generatorCores: 0.95 }))).toBe('generator');
    expect(bottleneck(figures(unseen))).toBe('unclear');
  });

  test('the generator, when it fills its core and the target does not', () => {
    expect(bottleneck(figures({ generatorCores: 0.95 }))).toBe('generator');
  });

  test('nobody for certain, when both are', () => {
    expect(bottleneck(figures({ generatorCores: 0.95, targetCores: 0.9, busiestProcessCores: 0.9 }))).toBe('unclear');
  });

  test('judged by the whole tree, where its processes are not told apart', () => {
    expect(bottleneck(figures({ targetCores: 0.9, busiestProcessCores: null }))).toBe('target');
    expect(bottleneck(figures({ targetCores: 0.6, busiestProcessCores: null }))).toBe('unclear');
  });
});
