import { describe, expect, test } from 'vitest';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { endpointNames } from '../../shared/endpointContributions';
import type { ComparisonRecord } from '../../shared/record';
import { endpointLenses } from './endpointLenses';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();
const [endpoint = ''] = endpointNames(base);
const source = { endpoint, file: 'shop/views.py', line: 7, name: 'home' };

const lensesOf = (change: Partial<ComparisonRecord>) => endpointLenses({ ...base, sources: [source], ...change });

describe('the lenses of a record', () => {
  test('tell mean, interval, p95 and requests of each endpoint whose code is known', () => {
    const [lens, ...others] = lensesOf({ sources: [source, { ...source, endpoint: 'gone' }] });
    expect(others).toEqual([]);
    expect(lens).toMatchObject(source);
    expect(lens?.title).toMatch(
      /^\w+: mean [\d.]+ → [\d.]+ ms \([+−][\d.]+, 95 % CI [+−][\d.]+ to [+−][\d.]+\) · p95 [\d.]+ → [\d.]+ ms · [\d,]+ requests$/,
    );
    expect(lens?.tooltip).toContain('(exploratory)');
  });

  test('are none of a run that is no whole comparison, or whose code is not known', () => {
    expect(lensesOf({ status: 'partial' })).toEqual([]);
    expect(lensesOf({ plan: { ...base.plan, purpose: 'aa' } })).toEqual([]);
    expect(endpointLenses(base)).toEqual([]);
  });
});
