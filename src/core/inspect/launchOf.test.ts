import { expect, test } from 'vitest';
import { launchOf } from './launchOf';

test.each([
  [
    '/venv/bin/python -m gunicorn -b 127.0.0.1:80 app:app',
    { type: 'gunicorn', words: ['-b', '127.0.0.1:80', 'app:app'] },
  ],
  ['/venv/bin/gunicorn project.wsgi', { type: 'gunicorn', words: ['project.wsgi'] }],
  ['poetry run gunicorn app:app', { type: 'gunicorn', words: ['app:app'] }],
  ['python -m flask --app shop run', { type: 'flask', words: ['--app', 'shop', 'run'] }],
  ['python -X dev src/manage.py runserver', { type: 'manage', file: 'src/manage.py', words: ['runserver'] }],
  [
    'uvicorn --port 80 project.asgi:application',
    { type: 'module', name: 'project.asgi:application', isFactory: false },
  ],
  ['waitress-serve --port=80 --call app:create_app', { type: 'module', name: 'app:create_app', isFactory: true }],
  ['uwsgi --http-socket :80 --module shop:app', { type: 'module', name: 'shop:app', isFactory: false }],
  ['/venv/bin/uwsgi -w shop', { type: 'module', name: 'shop', isFactory: false }],
  ['uwsgi --module=shop:create_app()', { type: 'module', name: 'shop:create_app', isFactory: true }],
  ['python server.py --port 80', { type: 'script', file: 'server.py' }],
])('%s', (command, launch) => {
  expect(launchOf(command.split(' '))).toEqual(launch);
});

test('what cannot be told is not guessed', () => {
  expect(launchOf(['sh', '-c', 'gunicorn app:app'])).toBeNull();
  expect(launchOf(['uvicorn', '--help'])).toBeNull();
  expect(launchOf(['uwsgi', '--ini', 'uwsgi.ini'])).toBeNull();
  expect(launchOf(['./serve'])).toBeNull();
});
