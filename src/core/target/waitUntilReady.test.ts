import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findFreePort } from './checkPort';
import type { ManagedProcess } from './processes';
import { startProcess } from './startProcess';
import { createTestGuard } from './testGuard';
import { createTestFolder, testPython, type TestFolder } from './testProcesses';
import { waitUntilReady, type Readiness, type ReadyOptions } from './waitUntilReady';

let folder: TestFolder;
let running: ManagedProcess[] = [];
let port = 0;

beforeAll(testPython);
beforeEach(async () => {
  folder = createTestFolder();
  port = await findFreePort();
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop({ graceSeconds: 0 })));
  running = [];
  folder.remove();
});

async function startApp(command: readonly string[]): Promise<ManagedProcess> {
  const app = await startProcess(
    {
      name: 'app',
      command,
      cwd: folder.path,
      environment: { PATH: process.env['PATH'] ?? '', PORT: String(port) },
      secrets: [],
      logFile: join(folder.path, 'app.log'),
    },
    createTestGuard(),
  );
  running.push(app);
  return app;
}

async function ready(program: string, changes: Partial<ReadyOptions> = {}): Promise<Readiness> {
  return waitUntilReady({
    origin: `http://127.0.0.1:${port}`,
    path: '/ready/?deep=1',
    process: await startApp([testPython(), '-u', folder.write('app.py', program)]),
    timeoutSeconds: 20,
    signal: new AbortController().signal,
    requestId: 'probe-1',
    pythonPath: '/venv/bin/python',
    ...changes,
  });
}

/** A server that answers each request with the next of these statuses, then the last for ever. */
const server = (statuses: readonly number[], body = ''): string => `
import http.server, os
statuses = ${JSON.stringify(statuses)}
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status = statuses.pop(0) if len(statuses) > 1 else statuses[0]
        print('asked', self.path, self.headers['X-Request-ID'], self.headers['Connection'], flush=True)
        self.send_response(status)
        self.send_header('Location', '/login/')
        self.end_headers()
        self.wfile.write(${JSON.stringify(body)}.encode())
    def log_message(self, *_): pass
http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
`;

describe('an app that comes up', () => {
  test('is ready at its first answer that is neither 4xx nor 5xx', async () => {
    const readiness = await ready(server([503, 500, 200]));
    expect(readiness.status).toBe(200);
    expect(readiness.readyProbeMs).toBeGreaterThan(0);
    expect(readiness.startupMs).toBeGreaterThan(readiness.readyProbeMs);
    expect(running[0]?.tail()).toEqual([
      expect.stringMatching(/^asked \/ready\/\?deep=1 probe-1-\d+ close$/),
      expect.stringMatching(/^asked \/ready\/\?deep=1 probe-1-\d+ close$/),
      expect.stringMatching(/^asked \/ready\/\?deep=1 probe-1-\d+ close$/),
    ]);
    expect(new Set(running[0]?.tail()).size).toBe(3);
  });

  test('may answer with a redirect to a login', async () => {
    expect((await ready(server([302]))).status).toBe(302);
  });

  test.each([
    [
      400,
      'Invalid HTTP_HOST header. You may need to add 127.0.0.1 to ALLOWED_HOSTS.',
      /add 127\.0\.0\.1 to ALLOWED_HOSTS/,
    ],
    [403, '', /needs no login/],
    [404, '', /a path that the app has/],
  ])('fails at once with HTTP %i', async (status, body, hint) => {
    await expect(ready(server([status], body))).rejects.toMatchObject({
      code: 'target',
      message: `app answers /ready/?deep=1 with HTTP ${status}.`,
      hint: expect.stringMatching(hint) as unknown,
    });
  });
});

describe('an app that ends before it is ready', () => {
  test('for want of a module: the module and its installation are named', async () => {
    await expect(ready('import no_such_module')).rejects.toMatchObject({
      code: 'target',
      message: 'The app needs the Python module no_such_module, which /venv/bin/python does not have.',
      hint: 'Install it: /venv/bin/python -m pip install no_such_module',
    });
  });

  test('because its port is taken', async () => {
    const holder = createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    // It takes connections but never answers: only the end of the app can settle it.
    await expect(ready(server([200]))).rejects.toMatchObject({
      message: expect.stringMatching(
        /^app could not start: its port is taken\. It says: .*Address already in use/,
      ) as unknown,
      hint: expect.stringContaining('another "port"') as unknown,
    });
    holder.close();
  });

  test('with a traceback: its last line, and what came before as advice', async () => {
    await expect(ready('import sys\ndef fail():\n    raise ValueError("no DB_NAME")\nfail()')).rejects.toMatchObject({
      message: 'app ended with exit code 1 before it was ready: ValueError: no DB_NAME',
      hint: expect.stringContaining('Its last lines:\n  Traceback') as unknown,
    });
  });

  test('with a syntax error: where', async () => {
    await expect(ready('x = 1\nif x\n  pass')).rejects.toMatchObject({
      message: expect.stringMatching(/SyntaxError: .* in .*app\.py, line 2\.$/) as unknown,
    });
  });

  test('with words of its own: its last 15 lines', async () => {
    await expect(ready('import sys\nfor i in range(20): print("line", i)\nsys.exit(7)')).rejects.toMatchObject({
      message: 'app ended with exit code 7 before it was ready.',
      hint: `Its last lines:\n${Array.from({ length: 15 }, (_, index) => `  line ${index + 5}`).join('\n')}`,
    });
  });

  test('into the background', async () => {
    await expect(ready('pass')).rejects.toMatchObject({ hint: expect.stringContaining('--daemon') as unknown });
  });
});

describe('an app that does not come up in time', () => {
  test('is told where it listens instead', async () => {
    const other = await findFreePort();
    const program = `import os\nos.environ['PORT'] = '${other}'\n${server([200])}`;
    await expect(ready(program, { timeoutSeconds: 1.5 })).rejects.toMatchObject({
      message: `app was not ready after 1.5 s: http://127.0.0.1:${port}/ready/?deep=1 failed last with ECONNREFUSED.`,
      hint: expect.stringContaining(`It listens on port ${other} instead of ${port}`) as unknown,
    });
  });

  test('is told its last status', async () => {
    await expect(ready(server([503]), { timeoutSeconds: 1 })).rejects.toThrow(/last answered HTTP 503\.$/);
  });

  test('is told that it does not answer', async () => {
    const program = `import os, socket, time\ns = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))\ntime.sleep(60)`;
    await expect(ready(program, { timeoutSeconds: 1 })).rejects.toThrow(/took the connection but gave no answer\.$/);
  });

  test('can be given up', async () => {
    const stop = new AbortController();
    const waiting = ready('import time; time.sleep(60)', { signal: stop.signal });
    stop.abort(new Error('stopped by the user'));
    await expect(waiting).rejects.toThrow('stopped by the user');
  });
});
