import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunRequest } from '../shared/runRequest';
import { pythonFromSettings, requestFromSettings } from './requestFromSettings';
import type { Settings } from './settingsValues';

const empty: Settings = {
  pythonPath: '',
  appPath: '',
  startCommand: '',
  healthUrl: '',
  environments: [],
  scenario: '',
  endpoint: '',
  resultsLocation: '',
  maxRuns: 0,
  hasFinishNotice: true,
  hasStatusBar: true,
  hasCodeMarks: true,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-settings-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

async function requestOf(change: Partial<Settings> = {}): Promise<RunRequest> {
  return requestFromSettings({ ...empty, ...change }, { workspaceFolder: folder, home: '/home/me' });
}

describe('a request from settings', () => {
  test('without any setting asks for the workspace folder and nothing else', async () => {
    expect(await requestOf()).toEqual({
      purpose: 'comparison',
      folder,
      targets: [],
      variantFiles: [],
      variantNames: [],
      environment: [],
      outages: [],
      setRequirements: [],
      userClasses: [],
      hasCapacity: true,
      budgets: [],
      isPinned: false,
      isForced: false,
      failOnInconclusive: false,
      reports: ['md', 'html'],
    });
  });

  test('carries all of them, with absolute paths', async () => {
    await mkdir(path.join(folder, 'services', 'shop'), { recursive: true });
    const request = await requestOf({
      appPath: 'services/shop',
      startCommand: '{python} -m gunicorn --bind 127.0.0.1:{port} app:app',
      healthUrl: 'http://127.0.0.1:8123/health/?deep=1',
      environments: ['off=.env.off', 'on=${workspaceFolder}/.env.on', 'plain='],
      scenario: 'medium_load',
      endpoint: 'local-http',
      resultsLocation: 'results',
    });
    expect(request).toMatchObject({
      folder: path.join(folder, 'services', 'shop'),
      adHoc: {
        command: '{python} -m gunicorn --bind 127.0.0.1:{port} app:app',
        url: 'http://127.0.0.1:8123',
        ready: '/health/?deep=1',
      },
      variantFiles: [
        { name: 'off', envFile: path.join(folder, '.env.off') },
        { name: 'on', envFile: path.join(folder, '.env.on') },
        { name: 'plain', envFile: null },
      ],
      variantNames: [],
      scenario: 'medium_load',
      endpoint: 'local-http',
      out: path.join(folder, 'results'),
    });
  });

  test('the interpreter is named with where it was asked for', () => {
    const context = { workspaceFolder: folder, home: '/home/me' };
    expect(pythonFromSettings(empty, context)).toBeUndefined();
    expect(pythonFromSettings({ ...empty, pythonPath: '~/shop/bin/python' }, context)).toEqual({
      path: '/home/me/shop/bin/python',
      origin: 'insightsComparison.pythonPath',
    });
  });

  test('takes names without "=" for variants of the project file', async () => {
    const request = await requestOf({ environments: ['no_honeybadger', 'with_insights'] });
    expect(request).toMatchObject({ variantFiles: [], variantNames: ['no_honeybadger', 'with_insights'] });
  });

  test.each([
    [{ appPath: 'nowhere' }, 'insightsComparison.app.path names no folder'],
    [{ startCommand: 'x' }, 'insightsComparison.app.startCommand needs insightsComparison.app.healthUrl'],
    [{ healthUrl: 'http://127.0.0.1:1' }, 'insightsComparison.app.healthUrl needs insightsComparison.app.startCommand'],
    [{ startCommand: 'x', healthUrl: 'https://example.com' }, 'insightsComparison.app.healthUrl must be a plain http'],
    [{ startCommand: 'x', healthUrl: '8000' }, 'insightsComparison.app.healthUrl must be a plain http address'],
    [{ environments: ['a=b', 'c'] }, 'insightsComparison.environments mixes names and NAME=ENVFILE'],
    [{ environments: ['=b', 'c=d'] }, 'insightsComparison.environments has an entry without a name'],
    [{ environments: ['a', ''] }, 'insightsComparison.environments has an empty entry'],
    [{ environments: ['a=b', 'a=c'] }, 'insightsComparison.environments names one environment only'],
    [{ endpoint: 'real' }, 'insightsComparison.endpoint cannot be real'],
  ] satisfies [Partial<Settings>, string][])('%j is refused by the name of the setting', async (change, message) => {
    await expect(requestOf(change)).rejects.toThrow(message);
  });
});
