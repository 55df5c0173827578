import { describe, expect, test } from 'vitest';
import { readSwitch } from '../../shared/insightsSwitch';
import type { Endpoint } from '../../shared/endpoint';
import type { Plan, VariantPlan } from '../../shared/plan';
import { injectedEnvironment, shownInjected } from './injectedEnvironment';
import type { TrialDeps } from './trialDeps';

function variant(name: string, environment: Record<string, string>): VariantPlan {
  const insightsEnabled = readSwitch(environment['HONEYBADGER_INSIGHTS_ENABLED']);
  return { name, environment, envFiles: [], insightsEnabled };
}

const on = { HONEYBADGER_INSIGHTS_ENABLED: 'true' };
const ladder = [
  variant('no_honeybadger', {}),
  variant('without_insights', { HONEYBADGER_INSIGHTS_ENABLED: 'false' }),
  variant('collect_only', { ...on, HONEYBADGER_EVENTS_SAMPLE_RATE: '0' }),
  variant('with_insights', on),
];

function depsFor(variants: readonly VariantPlan[], endpoint: Endpoint = 'local'): TrialDeps {
  return {
    plan: { variants, target: { command: ['{python}', '-m', 'gunicorn', 'app:app'] } } as unknown as Plan,
    workFolder: '/tmp/ic-run',
    endpoint,
    trustEnvironment: { SSL_CERT_FILE: '/trust' },
    inheritedEnvironment: {},
    codes: new Map(variants.map(({ name }) => [name, { bytecodeFolder: '/cache/bytecode' }])),
    runKey: 'k',
    collector: { endpoint: 'https://127.0.0.1:1' },
    guard: { tag: 't' },
  } as unknown as TrialDeps;
}

function switches(variants: readonly VariantPlan[]): (string | undefined)[] {
  const deps = depsFor(variants);
  return variants.map((each, index) => {
    const injected = injectedEnvironment(deps, each, index, 1);
    expect(injected).not.toHaveProperty('HONEYBADGER_EVENTS_SAMPLE_RATE');
    expect(shownInjected(deps, each)['HONEYBADGER_INSIGHTS_ENABLED']).toBe(injected['HONEYBADGER_INSIGHTS_ENABLED']);
    return injected['HONEYBADGER_INSIGHTS_ENABLED'];
  });
}

describe('what we add to a variant', () => {
  test("is Insights' switch, said explicitly in each of any number of variants, and never another sample rate", () => {
    expect(switches(ladder)).toEqual(['false', 'false', 'true', 'true']);
  });

  test('keeps the control socket of gunicorn out of the home folder', () => {
    expect(injectedEnvironment(depsFor(ladder), variant('with_insights', on), 0, 1)['XDG_RUNTIME_DIR']).toBe(
      '/tmp/ic-run',
    );
  });

  test('has no switch when no variant speaks of it: something else is compared', () => {
    expect(switches([variant('a', { CACHE: '1' }), variant('b', {}), variant('c', { CACHE: '2' })])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('sends telemetry to our collector under a key of ours, elsewhere under the user’s own, with the user’s own trust', () => {
    const whereTo = (endpoint: Endpoint): (string | undefined)[] => {
      const injected = injectedEnvironment(depsFor(ladder, endpoint), variant('with_insights', on), 3, 1);
      return ['HONEYBADGER_ENDPOINT', 'HONEYBADGER_API_KEY', 'SSL_CERT_FILE'].map((name) => injected[name]);
    };
    expect(whereTo('local')).toEqual(['https://127.0.0.1:1', 'hbp_k0003', '/trust']);
    expect(whereTo('real')).toEqual([undefined, undefined, undefined]);
    expect(whereTo({ url: 'https://eu.example' })).toEqual(['https://eu.example', undefined, undefined]);
    expect(shownInjected(depsFor(ladder, 'real'), variant('with_insights', on))).not.toHaveProperty(
      'HONEYBADGER_API_KEY',
    );
  });
});
