import { expect, test } from 'vitest';
import type { AppEntry } from './appEntry';
import { serverCommand } from './serverCommand';

const flask: AppEntry = { framework: 'flask', wsgi: 'shop:create_app()', asgi: null, celeryModules: [] };
const asgiOnly: AppEntry = { framework: 'django', wsgi: null, asgi: 'config.asgi:application', celeryModules: [] };
const own = ['{python}', 'own'];

test.each<[string, AppEntry, Record<string, string>, string]>([
  [
    'gunicorn',
    flask,
    { gunicorn: '23.0.0', waitress: '3', uvicorn: '1' },
    '-m gunicorn --bind 127.0.0.1:{port} --threads 4 shop:create_app()',
  ],
  [
    'gunicorn without its control socket',
    flask,
    { gunicorn: '25.1.0' },
    '-m gunicorn --bind 127.0.0.1:{port} --threads 4 --no-control-socket shop:create_app()',
  ],
  ['waitress', flask, { waitress: '3' }, '-m waitress --listen 127.0.0.1:{port} --call shop:create_app'],
  [
    'uvicorn',
    asgiOnly,
    { gunicorn: '23.0.0', uvicorn: '1' },
    '-m uvicorn --host 127.0.0.1 --port {port} config.asgi:application',
  ],
])('%s serves where the interpreter has it', (_, entry, packages, words) => {
  const choice = serverCommand(entry, own, { python: '3.12.1', packages });
  expect(choice).toMatchObject({ command: ['{python}', ...words.split(' ')], isDevelopmentServer: false });
});

test("without one it is the framework's own, and that is said", () => {
  const choice = serverCommand(flask, own, { python: '3.12.1', packages: { flask: '3.1' } });
  expect(choice).toEqual({ command: own, server: "Flask's own development server", isDevelopmentServer: true });
});
