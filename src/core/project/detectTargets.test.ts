import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppEntry } from './appEntry';
import { detectFramework, detectTargets } from './detectTargets';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-detect-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const instance = 'from flask import Flask\napp = Flask(__name__)\n';
const factory = 'from flask import Flask\ndef create_app(config=None):\n    app = Flask(__name__)\n    return app\n';
const manage = `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
from django.core.management import execute_from_command_line`;
const wsgi = (settings: string): string =>
  `os.environ.setdefault('DJANGO_SETTINGS_MODULE', '${settings}')\napplication = get_wsgi_application()\n`;

describe('a Flask app is found', () => {
  test.each<[string, Record<string, string>, { name: string; cwd: string; wsgi: string }]>([
    ['in one file', { 'app.py': instance }, { name: 'flask', cwd: '.', wsgi: 'app:app' }],
    [
      'under another name of its object',
      { 'main.py': 'import flask\nserver: flask.Flask = flask.Flask(__name__)\n' },
      { name: 'flask', cwd: '.', wsgi: 'main:server' },
    ],
    [
      'as a factory in a package',
      { 'shop/__init__.py': factory },
      { name: 'flask', cwd: '.', wsgi: 'shop:create_app()' },
    ],
    [
      'as a factory in a module of a package',
      { 'shop/__init__.py': '', 'shop/factory.py': factory },
      { name: 'flask', cwd: '.', wsgi: 'shop.factory:create_app()' },
    ],
    [
      'beside its src folder',
      { 'src/shop/__init__.py': factory },
      { name: 'flask', cwd: '.', wsgi: 'shop:create_app()' },
    ],
    [
      'by what calls its factory, once',
      { 'shop/__init__.py': factory, 'wsgi.py': 'from shop import create_app\n\napplication = create_app()\n' },
      { name: 'flask', cwd: '.', wsgi: 'wsgi:application' },
    ],
    [
      'by what FLASK_APP names',
      { '.flaskenv': 'FLASK_APP="autoapp.py"\n', 'autoapp.py': instance },
      { name: 'flask', cwd: '.', wsgi: 'autoapp:app' },
    ],
    [
      'in a folder of its own',
      { 'services/shop/app.py': instance },
      { name: 'services-shop', cwd: 'services/shop', wsgi: 'app:app' },
    ],
  ])('%s', async (_, files, { name, cwd, wsgi: expected }) => {
    await write(files);
    const found = await detectTargets(folder);
    expect(found.map((each) => ({ name: each.name, cwd: each.spec.cwd, wsgi: each.entry.wsgi }))).toEqual([
      { name, cwd, wsgi: expected },
    ]);
  });

  test('with the env files that "flask run" reads, and with src on its path', async () => {
    await write({ 'src/shop/__init__.py': factory, '.env': 'A=1\n', '.flaskenv': 'B=1\n' });
    const [found] = await detectTargets(folder);
    expect(found?.spec).toMatchObject({ env: ['.flaskenv', '.env'], set: { PYTHONPATH: 'src' }, port: 0 });
    expect(found?.spec.command?.join(' ')).toContain('--app shop:create_app() run --no-reload --no-debugger');
  });
});

describe('a Django project is found', () => {
  const files = {
    'manage.py': manage,
    'config/__init__.py': '',
    'config/wsgi.py': wsgi('config.settings.production'),
    'config/asgi.py': 'application = get_asgi_application()',
    'other/__init__.py': '',
    'other/wsgi.py': wsgi('config.settings.dev'),
  };

  test('with its settings and the server modules beside them', async () => {
    await write(files);
    const [found] = await detectTargets(folder);
    expect(found?.entry).toEqual({
      framework: 'django',
      wsgi: 'config.wsgi:application',
      asgi: 'config.asgi:application',
      settings: { module: 'config.settings.dev', others: ['config.settings.production'] },
      celeryModules: [],
    } satisfies AppEntry);
    expect(found?.spec.command?.join(' ')).toBe('{python} manage.py runserver --noreload 127.0.0.1:{port}');
  });

  test('with its Celery app', async () => {
    await write({ ...files, 'config/celery.py': 'from celery import Celery\napp = Celery("config")\n' });
    expect((await detectTargets(folder))[0]?.entry.celeryModules).toEqual(['config.celery']);
  });

  test('where its config folder is no package', async () => {
    await write({ 'manage.py': manage, 'config/wsgi.py': wsgi('config.settings.dev') });
    expect((await detectTargets(folder))[0]?.entry).toMatchObject({ wsgi: 'config.wsgi:application' });
  });
});

test('several apps have names of their own, those of one folder after their modules', async () => {
  await write({
    'web/manage.py': manage,
    'api/wsgi.py': instance,
    'shop.py': '',
    'one/__init__.py': factory,
    'two/__init__.py': factory,
  });
  expect((await detectTargets(folder)).map(({ name }) => name)).toEqual(['one', 'two', 'api', 'web']);
});

test.each([
  ['a virtual environment, whatever it is called', { 'envs/pyvenv.cfg': '', 'envs/lib/app.py': instance }],
  ['tests', { 'tests/app.py': instance }],
  ['another framework that makes apps', { 'main.py': 'from fastapi import FastAPI\napp = create_app()\n' }],
  ['a blueprint', { 'app.py': 'from flask import Blueprint\nshop = Blueprint("shop", __name__)\n' }],
])('%s holds no app', async (_, files) => {
  await write(files);
  expect(await detectTargets(folder)).toEqual([]);
});

test('the framework of a folder is that of the app which runs there', async () => {
  await write({ 'api/app.py': instance, 'web/manage.py': manage });
  const all = await Promise.all(['.', 'api', 'web'].map((name) => detectFramework(path.join(folder, name))));
  expect(all).toEqual([null, 'flask', 'django']);
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
