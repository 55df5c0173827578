import { expect, test } from 'vitest';
import { appServerOf } from './appServer';

test.each([
  ['gunicorn', ['{python}', '-m', 'gunicorn', '-k', 'uvicorn.workers.UvicornWorker', 'app:app']],
  ['gunicorn', ['poetry', 'run', 'gunicorn', '-k', 'uvicorn_worker.UvicornWorker', 'app:app']],
  ['uvicorn', ['/srv/venv/bin/uvicorn', '--workers', '2', 'app:app']],
  ['uvicorn', ['C:\\venv\\Scripts\\uvicorn.exe', 'app:app']],
  ['uvicorn', ['sh', '-c', 'cd shop && (exec uvicorn app:app)']],
  ['uvicorn', ['ssh', 'shop', 'uvicorn app:app &']],
  ['daphne', ['daphne', 'app:app']],
  ['hypercorn', ['{python}', '-m', 'hypercorn', 'app:app']],
  ['waitress', ['waitress-serve', '--port=80', 'app:app']],
  ['waitress', ['{python}', '-m', 'waitress', 'app:app']],
  ['uwsgi', ['/venv/bin/pyuwsgi', '--module', 'shop:app']],
  ['development server', ['{python}', 'manage.py', 'runserver', '--noreload']],
  ['development server', ['{python}', '-m', 'flask', '--app', 'shop', 'run']],
  [null, ['{python}', 'server.py', '--port', '{port}']],
  [null, ['{python}', '-c', 'import constructor']],
  [null, []],
])('%s: %j', (server, command) => {
  expect(appServerOf(command)).toBe(server);
});
