import { describe, expect, test } from 'vitest';
import type { VariantPlan } from '../../shared/plan';
import { audible, isSilent, sampleRateOf } from './sampleRate';

function variant(rate: string | undefined, insightsEnabled: boolean | null = true): VariantPlan {
  const environment = rate === undefined ? {} : { HONEYBADGER_EVENTS_SAMPLE_RATE: rate };
  return { name: 'collect_only', envFiles: [], insightsEnabled, environment: { OTHER: '1', ...environment } };
}

describe('the sample rate of a variant', () => {
  test.each([
    [undefined, 100],
    ['50', 50],
    ['0', 0],
    ['nonsense', 100],
  ])('%s is %i %%', (written, rate) => {
    expect(sampleRateOf(variant(written))).toBe(rate);
  });

  test('makes it silent when Insights is on and nothing is kept', () => {
    expect(isSilent(variant('0'))).toBe(true);
    expect(isSilent(variant('1'))).toBe(false);
    expect(isSilent(variant('0', false))).toBe(false);
  });

  test('is raised for the rehearsal of a silent variant alone, and nothing else is touched', () => {
    expect(audible(variant('0')).environment).toEqual({ OTHER: '1', HONEYBADGER_EVENTS_SAMPLE_RATE: '100' });
    const sampled = variant('50');
    expect(audible(sampled)).toBe(sampled);
    const off = variant('0', false);
    expect(audible(off)).toBe(off);
  });
});
