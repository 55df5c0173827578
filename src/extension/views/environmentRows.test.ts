import { describe, expect, test } from 'vitest';
import { problemRow, scenarioRow, variantRow } from './environmentRows';
import type { VariantOverview } from './readProject';

const variant: VariantOverview = {
  name: 'with_insights',
  files: ['/home/someone/shop/env_configs/.env.common', '/home/someone/shop/env_configs/.env.flask.with_insights'],
  insightsSwitch: 'true',
  variables: 12,
  secrets: 3,
  problem: null,
};

describe('the row of a scenario', () => {
  test('says its load and how long each environment is measured', () => {
    const users = { users: 10, spawnRatePerSecond: 2, durationSeconds: 120 };
    expect(scenarioRow({ name: 'light_load', load: users, isOwn: false }).description).toBe(
      '10 users · 2 min per environment',
    );
    const rate = { ratePerSecond: 40, arrivals: 'poisson', durationSeconds: 30, blocks: 3 } as const;
    expect(scenarioRow({ name: 'steady', load: rate, isOwn: true })).toMatchObject({
      description: '40 requests/s, irregular · 30 s per environment · 3 blocks',
      accessibleLabel: 'Scenario steady, 40 requests/s, irregular · 30 s per environment · 3 blocks',
    });
  });
});

describe('the row of an environment', () => {
  test('says its file, the switch, and how many variables it has and hides', () => {
    expect(variantRow(variant, '/home/someone/shop')).toMatchObject({
      label: 'with_insights',
      description: '.env.flask.with_insights — HONEYBADGER_INSIGHTS_ENABLED=true · 12 variables, 3 hidden',
    });
  });

  test('names every file in the tooltip', () => {
    const { tooltip } = variantRow(variant, '/home/someone/shop');
    expect(tooltip.join('\n').replaceAll('\\', '')).toContain('env_configs/.env.common');
  });

  test('says when it is made without a file, and when the switch is not set', () => {
    const made: VariantOverview = { ...variant, files: [], insightsSwitch: null, variables: 1, secrets: 0 };
    const row = variantRow(made, '/home/someone/shop');
    expect(row.description).toBe('HONEYBADGER_INSIGHTS_ENABLED not set · 1 variable');
    expect(row.tooltip.join(' ')).toContain('process environment');
  });

  test('cuts a long value', () => {
    const odd = variantRow({ ...variant, insightsSwitch: 'x'.repeat(500) }, '/home/someone/shop');
    expect(odd.description.length).toBeLessThan(120);
  });

  test('with a problem says what is wrong, and the fix on hovering', () => {
    const problem = { message: 'The env file cannot be read: .env', hint: 'Check the name.' };
    const row = variantRow({ ...variant, problem }, '/home/someone/shop');
    expect(row).toMatchObject({ label: 'with_insights', description: problem.message });
    expect(row.tooltip.join(' ').replaceAll('\\', '')).toContain('Check the name.');
    expect(problemRow(problem).accessibleLabel).toBe('Problem: The env file cannot be read: .env. Check the name.');
  });
});
