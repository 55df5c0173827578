import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { settingNames, settingsValues, type Settings } from './settingsValues';

interface Manifest {
  readonly contributes?: {
    readonly configuration?: { readonly properties?: Readonly<Record<string, { readonly default?: unknown }>> };
  };
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const contributed = manifest.contributes?.configuration?.properties ?? {};
const keys = Object.keys(settingNames) as (keyof Settings)[];

function withDefaults(change: Readonly<Record<string, unknown>> = {}): Settings {
  return settingsValues((name) => (name in change ? change[name] : contributed[`insightsComparison.${name}`]?.default));
}

describe('settings', () => {
  test('are those of package.json, all of them', () => {
    expect(Object.values(settingNames).sort()).toEqual(Object.keys(contributed).sort());
  });

  test('have defaults that are right', () => {
    const settings = withDefaults();
    expect(keys.map((key) => settings[key])).toHaveLength(keys.length);
    expect(settings).toMatchObject({ pythonPath: '', environments: [], maxRuns: 0, hasStatusBar: true });
  });

  test.each([
    ['pythonPath', 'pythonPath', 7, 'insightsComparison.pythonPath must be a text'],
    ['app.path', 'appPath', null, 'insightsComparison.app.path must be a text'],
    ['environments', 'environments', 'a=b', 'insightsComparison.environments must be a list of texts'],
    ['environments', 'environments', ['a', 1], 'insightsComparison.environments must be a list of texts'],
    ['retention.maxRuns', 'maxRuns', -1, 'insightsComparison.retention.maxRuns must be a whole number'],
    ['statusBar', 'hasStatusBar', 'no', 'insightsComparison.statusBar must be true or false'],
    ['codeMarks.enabled', 'hasCodeMarks', 'no', 'insightsComparison.codeMarks.enabled must be true or false'],
  ] as const)('%s: a wrong value is named when it is read', (name, key, value, message) => {
    const settings = withDefaults({ [name]: value });
    expect(() => settings[key]).toThrow(message);
    expect(settings.scenario).toBe('');
  });
});
