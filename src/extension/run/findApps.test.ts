import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../shared/userError';
import { appRows, likelyApp } from './appRows';
import { findApps } from './findApps';
import { createTestProject, flaskApp, type TestProject } from './testProject';

let project: TestProject;
let other: TestProject;
beforeEach(async () => {
  project = await createTestProject();
  other = await createTestProject();
});
afterEach(async () => {
  await project.remove();
  await other.remove();
});

const manage = 'from django.core.management import execute_from_command_line\n';

describe('apps', () => {
  test('are what the files look like', async () => {
    await project.write('shop/app.py', flaskApp);
    await project.write('admin/manage.py', manage);
    const { apps } = await findApps([project.searched()]);
    expect(apps).toMatchObject([
      { name: 'admin', framework: 'django', origin: 'detected', request: { targets: ['admin'] } },
      { name: 'shop', framework: 'flask', cwd: path.join(project.folder, 'shop') },
    ]);
  });

  test('are those of the project file where it names any', async () => {
    await project.write('shop/app.py', flaskApp);
    await project.write('insights-comparison.jsonc', '{ "targets": { "web": { "command": ["x"], "cwd": "shop" } } }');
    const { apps } = await findApps([project.searched()]);
    expect(apps).toMatchObject([{ name: 'web', framework: 'flask', origin: 'project file' }]);
    expect(apps).toHaveLength(1);
  });

  test('are the one that the settings start', async () => {
    await project.write('shop/app.py', flaskApp);
    const adHoc = { command: 'gunicorn app:app', url: 'http://127.0.0.1:8123', ready: '/health/' };
    const { apps } = await findApps([project.searched({ adHoc })]);
    expect(apps).toMatchObject([{ name: 'app', origin: 'settings', request: { targets: [], adHoc } }]);
  });

  test('of one folder are found in spite of a problem in another', async () => {
    await project.write('insights-comparison.jsonc', '{ "target": {} }');
    await other.write('app.py', flaskApp);
    const found = await findApps([project.searched(), other.searched()]);
    expect(found.apps.map(({ name }) => name)).toEqual(['flask']);
    expect(found.problems.map(({ error }) => error.message)).toEqual([expect.stringMatching(/jsonc:1:3: .*target/)]);
  });

  test('a bug is not taken for a problem of the user', async () => {
    const broken = { ...project.searched(), readRequest: () => Promise.reject(new TypeError('ours')) };
    await expect(findApps([broken])).rejects.toThrow('ours');
  });
});

describe('the rows of apps', () => {
  test('say what each is, where, and what has to be mended', async () => {
    await project.write('shop/app.py', flaskApp);
    await project.write('admin/manage.py', manage);
    const { apps } = await findApps([project.searched()]);
    const alone = appRows({ apps, problems: [] }, { last: null, activeFile: null });
    expect(alone.items.map((item) => (item.type === 'row' ? [item.label, item.description] : []))).toEqual([
      ['admin', 'Django · admin'],
      ['shop', 'Flask · shop'],
    ]);
    expect(alone).toMatchObject({ active: `${project.folder}:admin`, step: { number: 1, of: 2 } });

    const error = new UserError('usage', 'It is broken');
    const many = appRows({ apps, problems: [{ folder: 'lib', error }] }, { last: null, activeFile: null });
    expect(many.items[1]).toMatchObject({ description: `Flask · ${path.basename(project.folder)}/shop` });
    expect(many.items[2]).toMatchObject({
      label: 'lib',
      description: 'It is broken',
      value: { type: 'problem', error },
    });
  });

  test('start with the last choice, else with the app around the active file, else with the first', async () => {
    await project.write('app.py', flaskApp);
    await project.write('admin/manage.py', manage);
    const { apps } = await findApps([project.searched()]);
    const likely = (last: string | null, file: string | null): string | undefined =>
      likelyApp(apps, {
        last: last === null ? null : { folder: project.folder, target: last },
        activeFile: file === null ? null : path.join(project.folder, file),
      })?.name;
    expect(likely('admin', 'app.py')).toBe('admin');
    expect(likely('gone', 'app.py')).toBe('flask');
    expect(likely(null, 'admin/shop/views.py')).toBe('admin');
    expect(likely(null, '../elsewhere.py')).toBe('flask');
    expect(likely(null, null)).toBe('flask');
    expect(likelyApp([], { last: null, activeFile: null })).toBeNull();
  });
});
