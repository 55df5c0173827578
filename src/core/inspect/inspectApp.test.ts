import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { testPython } from '../collector/testPython';
import { listPids, readProcFile } from '../sample/procFiles';
import { inspectApp } from './inspectApp';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ic-effective-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const flaskApp = `
import os
from flask import Flask
from honeybadger.contrib import FlaskHoneybadger
def create_app():
    app = Flask(__name__)
    app.config["DEBUG"] = "APP_DEBUG" in os.environ
    app.config["HONEYBADGER_EVENTS_SAMPLE_RATE"] = 40
    FlaskHoneybadger(app)
    return app
`;
const given = {
  HONEYBADGER_INSIGHTS_ENABLED: 'yes',
  HONEYBADGER_ENDPOINT: 'http://127.0.0.1:1',
  HONEYBADGER_API_KEY: 'hbp_given',
};

describe('what is in force in a Flask app', () => {
  test("is read as gunicorn would load it, with its config file and the app's own settings", async () => {
    await writeApp('shop.py', `${flaskApp}\napp = create_app()\nprint("hello from the app")\n`);
    await writeApp('gunicorn.conf.py', 'preload_app = True\nraw_env = ["FROM_GUNICORN=1", "APP_DEBUG=1"]\n');
    const effective = await read(
      ['{python}', '-m', 'gunicorn', '-b', '127.0.0.1:0', 'shop:app'],
      ['FROM_GUNICORN', 'NOT_SET'],
    );
    expect(effective).toMatchObject({
      config: {
        insights_enabled: 'true',
        endpoint: 'http://127.0.0.1:1',
        api_key: 'hbp_given',
        environment: 'development',
        events_sample_rate: '40',
        events_max_queue_size: '10000',
        events_timeout: '5.0',
      },
      package: 'loaded',
      isDebug: true,
      isPreloading: true,
      isReloading: false,
      environment: { FROM_GUNICORN: '1', NOT_SET: null },
    });
  });

  test.each([
    ['--app shop run --no-reload', false, false],
    ['--app shop run --debug', true, true],
    ['--app shop:create_app --debug run', true, true],
    ['--app shop run --reload', false, true],
  ])('is read as "flask %s" would load it', async (words, isDebug, isReloading) => {
    await writeApp('shop.py', flaskApp);
    const effective = await read(['{python}', '-m', 'flask', ...words.split(' ')]);
    expect(effective).toMatchObject({ config: { insights_enabled: 'true' }, isDebug, isReloading });
  });

  test('shows values that the app puts over those it was given', async () => {
    await writeApp('.env', 'HONEYBADGER_INSIGHTS_ENABLED=false\nCOLOUR=red\n');
    await writeApp(
      'app.py',
      `from dotenv import load_dotenv\nload_dotenv(".env", override=True)\n${flaskApp}\napp = create_app()`,
    );
    const effective = await read(['{python}', 'app.py'], ['COLOUR'], { COLOUR: 'blue' });
    expect(effective).toMatchObject({ config: { insights_enabled: 'false' }, environment: { COLOUR: 'red' } });
  });
});

describe('what is in force in a Django project', () => {
  const files = path.resolve('test/fixtures/django');

  test.each([
    ['manage.py runserver', true],
    ['manage.py runserver --noreload', false],
    ['-m gunicorn manage:application', false],
    ['-m uvicorn manage:application', false],
  ])('is read as "python %s" would load it', async (words, isReloading) => {
    const effective = await read(['{python}', ...words.split(' ')], [], { TINY_DEBUG: '1' }, files);
    expect(effective).toMatchObject({
      config: { insights_enabled: 'true', environment: 'development' },
      isDebug: true,
      isReloading,
      package: 'loaded',
    });
  });

  test('shows a configuration by code after the environment', async () => {
    const effective = await read(
      ['{python}', '-m', 'gunicorn', 'manage:application'],
      [],
      {
        TINY_CONFIGURED_ENDPOINT: 'https://elsewhere.invalid',
      },
      files,
    );
    expect(effective?.config['endpoint']).toBe('https://elsewhere.invalid');
  });
});

describe('the routes that answer GET', () => {
  const projects = path.resolve('test/fixtures/projects');

  test('of a Flask app have their parameters filled in', async () => {
    const cwd = path.join(projects, 'flask_factory');
    const environment = { PYTHONPATH: 'src', SHOP_CURRENCY: 'EUR' };
    const app = await read(['{python}', '-m', 'gunicorn', 'shop:create_app()'], [], environment, cwd);
    expect(app?.routes).toMatchObject([
      { path: '/goods/', pattern: '/goods/', view: 'shop.goods.every', hasParameters: false },
      { path: '/goods/1', pattern: '/goods/<int:number>', view: 'shop.goods.one', hasParameters: true },
      {
        path: '/goods/1/delete',
        pattern: '/goods/<int:number>/delete',
        view: 'shop.goods.delete',
        hasParameters: true,
      },
    ]);
    expect(app?.filesWithin).toEqual(expect.arrayContaining([path.join(cwd, 'src', 'shop', '__init__.py')]));
  });

  test('of a Django project are those of included patterns too; not those that cannot be met, are met by a catch-all, nor views without GET', async () => {
    const app = await read(['{python}', 'manage.py', 'runserver'], [], {}, path.join(projects, 'django_split'));
    expect(app?.routes.map((route) => [route.path, route.pattern, route.view, route.hasParameters])).toEqual([
      ['/goods/', '/goods/', 'catalogue.views.Goods', false],
      ['/goods/1/', '/goods/<int:number>/', 'catalogue.views.one', true],
      ['/about/', '/^about/$', 'catalogue.views.about', false],
      ['/basket/', '/basket/', 'catalogue.views.basket', false],
      ['/sessions/delete/', '/sessions/delete/', 'catalogue.views.delete_sessions', false],
    ]);
  });
});

describe('the code that answers a request', () => {
  const found = async (
    cwd: string,
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
    ...requests: readonly (readonly [string, string])[]
  ): Promise<readonly string[]> => {
    const asked = requests.map(([method, wanted]) => ({ method, path: wanted }));
    const app = await read(command, [], environment, cwd, asked);
    const sources = app?.sources ?? [];
    return sources.map(({ method, path: wanted, source }) => {
      const line = readFileSync(source.file, 'utf8').split('\n')[source.line - 1]?.trim();
      return `${method} ${wanted}: ${path.relative(cwd, source.file)} ${source.name}: ${line}`;
    });
  };

  test('is a function with its decorators, or the method of a class', async () => {
    const flask = path.resolve('test/fixtures/projects/flask_factory');
    const environment = { PYTHONPATH: 'src', SHOP_CURRENCY: 'EUR' };
    const words = ['{python}', '-m', 'gunicorn', 'shop:create_app()'];
    expect(await found(flask, words, environment, ['GET', '/goods/7'], ['POST', '/goods/7'], ['GET', '/no'])).toEqual([
      'GET /goods/7: src/shop/goods.py one: @goods.get("/<int:number>")',
    ]);
    const django = path.resolve('test/fixtures/projects/django_split');
    const manage = ['{python}', 'manage.py', 'runserver'];
    expect(
      await found(
        django,
        manage,
        {},
        ['GET', '/goods/'],
        ['POST', '/order/'],
        ['GET', '/basket/'],
        ['GET', '/goods/3/'],
      ),
    ).toEqual([
      'GET /goods/: catalogue/views.py get: def get(self, request):',
      'POST /order/: catalogue/views.py post: def post(self, request):',
      'GET /basket/: catalogue/views.py basket: @login_required',
      'GET /goods/3/: catalogue/views.py one: def one(request, number):',
    ]);
  });
});

describe('nothing is said', () => {
  test('of an app that does not load', async () => {
    await writeApp('app.py', 'raise SystemExit(0)');
    expect(await read(['{python}', 'app.py'])).toBeNull();
    expect(await read(['{python}', '-m', 'gunicorn', 'nowhere:app'])).toBeNull();
  });

  test('of a command that cannot be read', async () => {
    expect(await read(['sh', '-c', 'exec gunicorn app:app'])).toBeNull();
  });

  test('of honeybadger, where the app does not import it', async () => {
    await writeApp(
      'app.py',
      `
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "${folder}"])
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "${folder}"], start_new_session=True)
`,
    );
    const startedMs = performance.now();
    expect(await read(['{python}', 'app.py'])).toMatchObject({ config: {}, package: 'unused', isDebug: null });
    // The children that the app left behind held the output open, one of them in a session of its own.
    expect(performance.now() - startedMs).toBeLessThan(30_000);
    await vi.waitFor(() => expect(commandLines().filter((line) => line.includes(folder))).toEqual([]), 10_000);
  });
});

function commandLines(): string[] {
  return listPids().map((pid) => readProcFile(`/proc/${pid}/cmdline`) ?? '');
}

async function writeApp(name: string, text: string): Promise<void> {
  await writeFile(path.join(folder, name), text);
}

async function read(
  command: readonly string[],
  names: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  cwd = folder,
  requests: Parameters<typeof inspectApp>[0]['requests'] = [],
) {
  const python = testPython();
  return inspectApp(
    {
      command: command.map((word) => word.replace('{python}', python)),
      cwd,
      environment: { PATH: process.env['PATH'] ?? '', PYTHONDONTWRITEBYTECODE: '1', ...given, ...environment },
      names,
      within: cwd,
      pythonPath: python,
      requests,
    },
    new AbortController().signal,
  );
}
