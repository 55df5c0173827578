import { describe, expect, test } from 'vitest';
import { judgeEffective, shownEffective } from './judgeEffective';
import type { InspectedApp } from '../inspect/inspectApp';

const config = {
  insights_enabled: 'true',
  endpoint: 'https://127.0.0.1:7',
  environment: 'production',
  events_sample_rate: '100',
  events_timeout: '5.0',
  api_key: 'hbp_ours',
};
const given = {
  HONEYBADGER_INSIGHTS_ENABLED: 'YES',
  HONEYBADGER_ENDPOINT: 'https://127.0.0.1:7',
  HONEYBADGER_EVENTS_SAMPLE_RATE: '100',
  HONEYBADGER_EVENTS_TIMEOUT: '5',
  HONEYBADGER_API_KEY: 'hbp_ours',
  CACHE: 'on',
  DB_PASSWORD: 'given-secret',
};

describe('values that the app puts over those it was given', () => {
  test('are none where honeybadger made the same of them, or nothing was given', () => {
    expect(judge({}, {})).toEqual({ problems: [], warnings: [] });
    expect(judge({ environment: 'staging', events_batch_size: '7' }, {})).toEqual({ problems: [], warnings: [] });
  });

  test('are told with variable, both values and the fix: an env file of the app', () => {
    const { problems } = judge({ insights_enabled: 'false' }, { HONEYBADGER_INSIGHTS_ENABLED: 'off' });
    expect(problems).toEqual([
      {
        code: 'effective_config',
        message: 'v: HONEYBADGER_INSIGHTS_ENABLED is "false" in the app once it is loaded, not "YES" as it was given',
        advice: expect.stringContaining('override=True'),
      },
    ]);
  });

  test('… or code of the app', () => {
    const { problems } = judge({ events_sample_rate: '50' }, { HONEYBADGER_EVENTS_SAMPLE_RATE: '100' });
    expect(problems[0]?.message).toContain('HONEYBADGER_EVENTS_SAMPLE_RATE is "50"');
    expect(problems[0]?.advice).toContain('events_sample_rate from honeybadger.configure');
  });

  test('a value that honeybadger could not read is not in force', () => {
    const odd = { ...given, HONEYBADGER_EVENTS_SAMPLE_RATE: '99.5' };
    expect(judge({}, {}, odd).problems[0]?.message).toContain('is "100" in the app once it is loaded, not "99.5"');
  });

  test('another endpoint has a code of its own', () => {
    expect(judge({ endpoint: 'https://api.example' }, {}).problems.map(({ code }) => code)).toEqual([
      'foreign_endpoint',
    ]);
  });

  test('keys and passwords are masked', () => {
    const { problems, warnings } = judge({ api_key: 'hbp_real' }, { DB_PASSWORD: 'real-secret' });
    expect(problems[0]?.message).toContain('HONEYBADGER_API_KEY is ••• in the app once it is loaded, not •••');
    expect(warnings[0]?.message).toContain('DB_PASSWORD is •••');
    expect(JSON.stringify([problems, warnings])).not.toMatch(/hbp_|secret/);
  });
});

describe('a variable that is no setting of Honeybadger', () => {
  test('is a problem when the variants differ in it, and a warning when they do not', () => {
    expect(judge({}, { CACHE: 'off' }, given, ['CACHE']).problems).toMatchObject([{ code: 'effective_config' }]);
    expect(judge({}, { CACHE: 'off' })).toMatchObject({ problems: [], warnings: [{ code: 'environment_overruled' }] });
  });

  test('may be removed by the app once it has read it', () => {
    expect(judge({}, { CACHE: null }, given, ['CACHE'])).toEqual({ problems: [], warnings: [] });
  });
});

test('sampling that only the app asks for is told, where Insights is on', () => {
  const { HONEYBADGER_EVENTS_SAMPLE_RATE: _rate, ...unsaid } = given;
  expect(judge({ events_sample_rate: '40' }, {}, unsaid)).toMatchObject({
    problems: [],
    warnings: [{ code: 'sampled_by_app', message: expect.stringContaining('40 %') }],
  });
  const off = { ...unsaid, HONEYBADGER_INSIGHTS_ENABLED: 'false' };
  expect(judge({ events_sample_rate: '40', insights_enabled: 'false' }, {}, off).warnings).toEqual([]);
});

test('a record shows what is in force, but no key', () => {
  const shown = shownEffective({ ...effective({}, {}), config });
  expect(shown).toMatchObject({ HONEYBADGER_INSIGHTS_ENABLED: 'true', HONEYBADGER_EVENTS_TIMEOUT: '5.0' });
  expect(shown).not.toHaveProperty('HONEYBADGER_API_KEY');
});

function judge(
  changed: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | null>>,
  to: Readonly<Record<string, string>> = given,
  compared: readonly string[] = [],
) {
  return judgeEffective({ variant: 'v', given: to, compared, effective: effective(changed, environment) });
}

function effective(
  changed: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | null>>,
): InspectedApp {
  return {
    config: { ...config, ...changed },
    package: 'loaded',
    isDebug: false,
    isPreloading: false,
    isReloading: false,
    environment: { ...environment },
    routes: [],
    sources: [],
    filesWithin: [],
  };
}
