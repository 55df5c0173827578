import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runRequestSchema, type RunRequest } from '../../shared/runRequest';
import { readProject } from './readProject';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-project-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const request = (change: Partial<RunRequest> = {}): RunRequest => ({
  ...runRequestSchema.parse({ folder }),
  ...change,
});
const write = async (name: string, text: string): Promise<string> => {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
};
const project = async (value: unknown): Promise<string> => write('insights-comparison.jsonc', JSON.stringify(value));

describe('what can be run in a folder', () => {
  test('is nothing in an empty one', async () => {
    expect(await readProject(request())).toEqual({ folder, projectFile: null, targets: [], problem: null, files: [] });
  });

  test('is a detected app with the built-in scenarios and both environments, made without a file', async () => {
    await write('app.py', 'from flask import Flask\napp = Flask(__name__)\n');
    const { targets } = await readProject(request());
    expect(targets.map(({ name }) => name)).toEqual(['flask']);
    expect(targets[0]?.scenarios.map(({ name }) => name)).toEqual([
      'quick',
      'light_load',
      'medium_load',
      'heavy_load',
      'burst_load',
    ]);
    expect(targets[0]?.variants).toEqual([
      { name: 'without_insights', files: [], insightsSwitch: 'false', variables: 1, secrets: 0, problem: null },
      { name: 'with_insights', files: [], insightsSwitch: 'true', variables: 1, secrets: 0, problem: null },
    ]);
  });

  test('is what the project file says, counts of variables in place of their values', async () => {
    const off = await write('env/.env.shop.off', 'HONEYBADGER_INSIGHTS_ENABLED=false\nA=1\n');
    const on = await write('env/.env.shop.on', 'HONEYBADGER_INSIGHTS_ENABLED=true\nSECRET_KEY=s3cr3t\nDSN=x\n');
    const projectFile = await project({
      targets: { shop: { command: ['python'], set: { PORT: '1' } } },
      variants: { off: ['env/.env.{target}.off'], on: ['env/.env.{target}.on'], rare: { env: [], default: false } },
      scenarios: { quick: { users: 1, spawnRatePerSecond: 1, durationSeconds: 5 } },
    });
    const overview = await readProject(request());
    expect(overview).toMatchObject({ projectFile, problem: null, files: [off, on] });
    const [target] = overview.targets;
    expect(target?.variants).toEqual([
      { name: 'off', files: [off], insightsSwitch: 'false', variables: 3, secrets: 0, problem: null },
      { name: 'on', files: [on], insightsSwitch: 'true', variables: 4, secrets: 2, problem: null },
      { name: 'rare', files: [], insightsSwitch: null, variables: 1, secrets: 0, problem: null },
    ]);
    expect(target?.scenarios.filter(({ name }) => name === 'quick')).toMatchObject([{ isOwn: true }]);
    expect(JSON.stringify(overview)).not.toContain('s3cr3t');
  });

  test('a broken env file takes no other row with it, and can be opened', async () => {
    const broken = await write('.env.on', 'no assignment\n');
    await write('.env.off', 'A=1\n');
    await project({ targets: { shop: { command: ['x'] } }, variants: { off: ['.env.off'], on: ['.env.on'] } });
    const { targets, files } = await readProject(request());
    expect(targets[0]?.variants.map(({ problem }) => problem?.message ?? null)).toEqual([
      null,
      '.env.on:1: neither KEY=VALUE nor a comment',
    ]);
    expect(files).toContain(broken);
  });

  test('a broken project file is one problem with its place', async () => {
    const projectFile = await write('insights-comparison.jsonc', '{ "targetz": {} }');
    expect(await readProject(request())).toMatchObject({
      projectFile,
      targets: [],
      problem: { message: expect.stringMatching(/^insights-comparison\.jsonc:1:3: unknown name/) as unknown },
    });
  });

  test('follows the settings: a start command, and environments by their files', async () => {
    const envFile = await write('.env.on', 'A=1\n');
    const { targets } = await readProject(
      request({
        adHoc: { command: 'python app.py', url: 'http://127.0.0.1:8000' },
        variantFiles: [
          { name: 'off', envFile: null },
          { name: 'on', envFile },
        ],
      }),
    );
    expect(targets.map(({ name }) => name)).toEqual(['app']);
    expect(targets[0]?.variants.map(({ name, files }) => [name, files])).toEqual([
      ['off', []],
      ['on', [envFile]],
    ]);
  });
});
