import { describe, expect, test } from 'vitest';
import type { Plan, VariantPlan } from '../../shared/plan';
import { readSwitch } from '../../shared/insightsSwitch';
import { planProblems } from './planProblems';

function problemsOf(
  variants: Readonly<Record<string, Record<string, string>>>,
  purpose: Plan['purpose'] = 'comparison',
): string[] {
  const plans = Object.entries(variants).map(([name, environment]): VariantPlan => ({
    name,
    environment,
    envFiles: [`${name}.env`],
    insightsEnabled: readSwitch(environment['HONEYBADGER_INSIGHTS_ENABLED']),
  }));
  return planProblems({ variants: plans, purpose } as unknown as Plan).map(({ code }) => code);
}

const off = { HONEYBADGER_INSIGHTS_ENABLED: 'false' };
const on = { HONEYBADGER_INSIGHTS_ENABLED: 'true' };

describe('problems that show from the plan alone', () => {
  test('a baseline without and a candidate with Insights have none', () => {
    expect(problemsOf({ without_insights: off, with_insights: on })).toEqual([]);
  });

  test('a candidate that is meant to have Insights and has not', () => {
    expect(problemsOf({ without_insights: off, with_insights: { ...off, OTHER: '1' } })).toEqual(['insights_off']);
  });

  test('variants without any difference', () => {
    expect(problemsOf({ a: off, b: off })).toEqual(['same_variants']);
    expect(problemsOf({ a: off, b: off }, 'aa')).toEqual([]);
  });

  test('two candidates without any difference, whatever the baseline is', () => {
    expect(problemsOf({ a: {}, b: off, c: on, d: on })).toEqual(['same_variants']);
  });

  test('collecting without sending differs from Insights by its sample rate alone', () => {
    const silent = { ...on, HONEYBADGER_EVENTS_SAMPLE_RATE: '0' };
    expect(problemsOf({ without_insights: off, collect_only: silent, with_insights: on })).toEqual([]);
  });

  test('comparing the package with nothing is a comparison', () => {
    expect(problemsOf({ no_honeybadger: { ...off, SAMPLE_HONEYBADGER: 'off' }, without_insights: off })).toEqual([]);
  });

  test('an outage is a difference that no value shows', () => {
    const healthy: VariantPlan = { name: 'on', envFiles: [], environment: on, insightsEnabled: true };
    const variants = [healthy, { ...healthy, name: 'on_outage_hang', outage: 'hang' }];
    expect(planProblems({ variants, purpose: 'comparison' } as unknown as Plan)).toEqual([]);
  });

  test('comparing something else than Insights is a comparison', () => {
    expect(problemsOf({ with_cache: { CACHE: '1' }, without_cache: {} })).toEqual([]);
  });
});
