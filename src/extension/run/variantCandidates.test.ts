import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makePlans } from '../../core/project/makePlans';
import { withVariants, type ChosenVariant } from './chosenVariants';
import { createTestProject, flaskApp, type TestProject } from './testProject';
import { variantName } from '../../core/project/variantName';
import { usualVariants, variantCandidates, variantKey } from './variantCandidates';
import { variantsQuestion } from './variantsQuestion';

const projectFile = `{
  "targets": { "web": { "command": ["{python}", "-m", "flask"], "env": ["common.env"] } },
  "variants": {
    "off": ["env/.env.{target}.off"],
    "on": { "env": ["env/.env.{target}.on"], "set": { "HONEYBADGER_EVENTS_SAMPLE_RATE": "50" } },
    "bare": { "env": ["env/missing.env"], "default": false }
  }
}`;

let project: TestProject;
beforeEach(async () => {
  project = await createTestProject();
  await project.write('app.py', flaskApp);
  await project.write('common.env', 'DEBUG=0\n');
  await project.write('env/.env.web.off', 'HONEYBADGER_INSIGHTS_ENABLED=false\n');
  await project.write('env/.env.web.on', 'HONEYBADGER_INSIGHTS_ENABLED=true\nAPI_KEY=sesame\n');
  await project.write('.env.staging', 'API_KEY=sesame\n');
  await project.write('.env.example', 'API_KEY=\n');
  await project.write('env/broken.env', 'what is this\n');
});
afterEach(async () => project.remove());

const file = (name: string): string => path.join(project.folder, name);

describe('variants that can be chosen', () => {
  test('are the project’s, those that only run when named too, and the env files that lie about; the current ones first', async () => {
    await project.write('insights-comparison.jsonc', projectFile);
    const current: ChosenVariant[] = [
      { type: 'project', name: 'on' },
      { type: 'files', name: 'staging', files: [file('.env.staging')] },
    ];
    const candidates = await variantCandidates(await project.app(), current);
    expect(candidates.map(({ variant }) => variant)).toEqual([
      ...current,
      { type: 'project', name: 'off' },
      { type: 'project', name: 'bare' },
      { type: 'files', name: 'broken', files: [file('env/broken.env')] },
    ]);
    expect(candidates[0]?.shown).toMatchObject({
      files: ['env/.env.web.on'],
      values: { DEBUG: '0', HONEYBADGER_EVENTS_SAMPLE_RATE: '50' },
    });
    expect(candidates.slice(3).map(({ shown }) => shown)).toEqual([
      expect.stringContaining('The env file cannot be read'),
      'broken.env:1: neither KEY=VALUE nor a comment',
    ]);
  });

  test('are Insights off and on by the process environment where the project names none', async () => {
    const app = await project.app();
    const candidates = await variantCandidates(app, []);
    expect(candidates.slice(0, 2).map(({ variant }) => variant)).toEqual([
      { type: 'switch', name: 'without_insights', isOn: false },
      { type: 'switch', name: 'with_insights', isOn: true },
    ]);
    expect(candidates.map(({ variant }) => variant.name)).toContain('staging');
  });

  test('have rows that never show a secret, and a sentence that names the baseline', async () => {
    await project.write('insights-comparison.jsonc', projectFile);
    const current: ChosenVariant[] = [{ type: 'project', name: 'off' }];
    const question = variantsQuestion(await project.app(), current, 'comparison');
    const { rows, checked } = await question.load(new AbortController().signal);
    expect(rows.slice(0, 2).map(({ label, description }) => [label, description])).toEqual([
      ['.env.web.off', 'HONEYBADGER_INSIGHTS_ENABLED=false · 2 variables'],
      ['.env.web.on', 'HONEYBADGER_INSIGHTS_ENABLED=true · HONEYBADGER_EVENTS_SAMPLE_RATE=50 · 4 variables, 1 hidden'],
    ]);
    expect(JSON.stringify(rows)).not.toContain('sesame');
    expect(checked).toEqual(current.map(variantKey));
    const chosen = rows.map(({ value }) => value);
    expect(question.describe(chosen.slice(0, 2))).toBe('Baseline: off, compared with on');
    expect(question.describe(chosen.slice(0, 1))).toBe('Baseline: off. Check one more at least');
    expect(question.minimum).toBe(2);
  });

  test.each([
    ['.env.flask.with_insights', 'with_insights'],
    ['.env', 'env'],
    ['prod.env', 'prod'],
    ['.env.eu.prod', 'eu_prod'],
    ['.env.mit spaß', 'mit_spa_'],
  ])('%s is named %s', (name, expected) => {
    expect(variantName(`/x/${name}`, 'flask')).toBe(expected);
  });
});

describe('chosen variants', () => {
  test('of the project are asked for by their names, in their order', async () => {
    await project.write('insights-comparison.jsonc', projectFile);
    const app = await project.app({ variantFiles: [{ name: 'a', envFile: '/x' }] });
    const request = withVariants(app.request, app, [
      { type: 'project', name: 'on' },
      { type: 'project', name: 'off' },
    ]);
    expect(request).toMatchObject({ variantNames: ['on', 'off'], variantFiles: [], environment: [] });
  });

  test('that are mixed with env files are the same variants, written out', async () => {
    await project.write('insights-comparison.jsonc', projectFile);
    const app = await project.app();
    const request = withVariants(app.request, app, [
      { type: 'files', name: 'staging', files: [file('.env.staging')] },
      { type: 'project', name: 'on' },
      { type: 'files', name: 'plain', files: [] },
    ]);
    const [planned] = await makePlans(request, process.env);
    expect(planned?.plan.variants.map(({ name, environment }) => ({ name, environment }))).toEqual([
      { name: 'staging', environment: { DEBUG: '0', API_KEY: 'sesame' } },
      {
        name: 'on',
        environment: {
          DEBUG: '0',
          HONEYBADGER_INSIGHTS_ENABLED: 'true',
          API_KEY: 'sesame',
          HONEYBADGER_EVENTS_SAMPLE_RATE: '50',
        },
      },
      { name: 'plain', environment: { DEBUG: '0' } },
    ]);
  });

  test('by the process environment can be mixed with env files as well', async () => {
    const app = await project.app();
    const request = withVariants(app.request, app, [
      { type: 'switch', name: 'without_insights', isOn: false },
      { type: 'files', name: 'staging', files: [file('.env.staging')] },
    ]);
    const [planned] = await makePlans(request, process.env);
    expect(planned?.plan.variants.map(({ environment }) => environment)).toEqual([
      { HONEYBADGER_INSIGHTS_ENABLED: 'false' },
      { API_KEY: 'sesame' },
    ]);
  });

  test('are at first what the settings name, else what the plan compares', async () => {
    await project.write('insights-comparison.jsonc', projectFile);
    const app = await project.app();
    const variantFiles = [
      { name: 'a', envFile: '/x' },
      { name: 'a', envFile: '/y' },
      { name: 'b', envFile: null },
    ];
    expect(usualVariants({ ...app.request, variantFiles }, app, [])).toEqual([
      { type: 'files', name: 'a', files: ['/x', '/y'] },
      { type: 'files', name: 'b', files: [] },
    ]);
    const planned = ['off', 'on'].map((name) => ({ name, envFiles: [], environment: {}, insightsEnabled: null }));
    expect(usualVariants(app.request, app, planned)).toEqual([
      { type: 'project', name: 'off' },
      { type: 'project', name: 'on' },
    ]);
    expect(usualVariants({ ...app.request, purpose: 'aa' }, app, planned)).toEqual([{ type: 'project', name: 'off' }]);
  });

  test('are by default the pair of env files that differ in Insights, where the project names none', async () => {
    const app = await project.app();
    const [planned] = await makePlans(app.request, {});
    expect(usualVariants(app.request, app, planned?.plan.variants ?? [])).toEqual([
      { type: 'files', name: 'web_off', files: [file('env/.env.web.off')] },
      { type: 'files', name: 'web_on', files: [file('env/.env.web.on')] },
    ]);
  });
});
