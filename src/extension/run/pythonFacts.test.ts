import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasEnvironmentBeside, readEnvironment, readPythonApi } from './pythonExtension';
import { pythonFacts } from './pythonFacts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-python-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

describe('what an environment’s folders tell', () => {
  test('is the version of Python and of the frameworks', async () => {
    const packages = path.join(folder, '.venv', 'lib', 'python3.12', 'site-packages');
    for (const name of ['flask-3.1.3.dist-info', 'Django-5.2.dist-info', 'flask_login-0.6.3.dist-info', 'flask']) {
      await mkdir(path.join(packages, name), { recursive: true });
    }
    expect(await pythonFacts(path.join(folder, '.venv', 'bin', 'python'))).toEqual({
      version: '3.12',
      packages: { flask: '3.1', django: '5.2' },
    });
  });

  test('is nothing for a bare name or a folder that is none', async () => {
    expect(await pythonFacts('python3')).toEqual({ version: null, packages: {} });
    expect(await pythonFacts(path.join(folder, 'bin', 'python'))).toEqual({ version: null, packages: {} });
  });
});

describe('the Python extension', () => {
  test('is asked by its own methods, on their own object', async () => {
    const environments = {
      active: 'here',
      getActiveEnvironmentPath(resource: unknown) {
        return { path: `${this.active}:${String(resource)}` };
      },
      resolveEnvironment: (environment: unknown) => Promise.resolve(environment),
    };
    const api = readPythonApi({ environments });
    expect(api?.getActiveEnvironmentPath('/app')).toEqual({ path: 'here:/app' });
    expect(await api?.resolveEnvironment(7)).toBe(7);
  });

  test.each([[undefined], [null], [{}], [{ environments: {} }], [{ environments: { resolveEnvironment: 1 } }]])(
    'without the API that is known is none: %j',
    (exported) => {
      expect(readPythonApi(exported)).toBeNull();
    },
  );

  test('tells an interpreter, virtual or not', () => {
    const executable = { uri: { fsPath: '/v/bin/python' } };
    expect(readEnvironment({ executable, environment: { type: 'VirtualEnvironment' } })).toEqual({
      path: '/v/bin/python',
      isVirtual: true,
    });
    expect(readEnvironment({ executable, environment: undefined })).toEqual({
      path: '/v/bin/python',
      isVirtual: false,
    });
    expect([undefined, {}, { executable: { uri: undefined } }].map(readEnvironment)).toEqual([null, null, null]);
  });

  test('is asked in vain where the app has an environment of its own, beside or above it', async () => {
    const app = path.join(folder, 'project', 'web');
    const root = path.join(folder, 'project');
    await mkdir(app, { recursive: true });
    await mkdir(path.join(folder, '.venv'));
    await writeFile(path.join(folder, '.venv', 'pyvenv.cfg'), '');
    expect(await hasEnvironmentBeside(app, root)).toBe(false);
    await mkdir(path.join(root, 'venv'));
    await writeFile(path.join(root, 'venv', 'pyvenv.cfg'), '');
    expect(await hasEnvironmentBeside(app, root)).toBe(true);
  });
});
