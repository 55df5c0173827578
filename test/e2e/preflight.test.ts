import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { copyProject, processesOf, runCommandLine, testPython, type TestProject } from './commandLine';
import { makeEnvironment, nothingNamed } from './makeEnvironment';

// What doctor and a run's preflight find around an app, each with its cause really there. (The machine's own rows: machine.test.ts.)

let project: TestProject;

afterEach(async () => {
  expect(await processesOf(project)).toEqual([]);
  await project.remove();
});

/** What is asked in a line is answered as Python 3.7 does, which is not to be had: its version, and no importlib.metadata. */
const anOldPython = `
import os, platform, sys
words = sys.argv[1:]
if words[:1] != ["-c"]:
    os.execv(sys.executable, [sys.executable, *words])
sys.modules["importlib.metadata"] = None
platform.python_version = lambda: "3.7.17"
sys.argv = words[:1] + words[2:]
exec(words[1], {"__name__": "__main__"})
`;

describe('doctor says', () => {
  test('that there is no server for production, and measures on the framework’s own', async () => {
    project = await copyProject('projects/flask_plain');
    await makeEnvironment(project, /^(?:gunicorn|waitress)/);
    const { code, stdout } = await runCommandLine(project, ['doctor', '.', 'quick'], nothingNamed);
    expect(stdout).toContain("! The app runs on Flask's own development server, without reloader and debugger");
    expect(stdout).toContain('pip install gunicorn');
    expect(code).toBe(0);
  });

  test('that honeybadger is not installed, with the lines to add', async () => {
    project = await copyProject('projects/flask_plain');
    await makeEnvironment(project, /^honeybadger/);
    const { code, stdout } = await runCommandLine(project, ['doctor', '.', 'quick'], nothingNamed);
    expect(stdout).toContain('! The package honeybadger is not installed in the interpreter of the app');
    expect(stdout).toContain('FlaskHoneybadger(app)');
    // The app imports it: it does not start.
    expect(stdout).toContain('-m pip install honeybadger');
    expect(code).toBe(3);
  });

  test('which interpreter it took where nothing points to one', async () => {
    project = await copyProject('projects/flask_plain');
    const bin = path.join(path.dirname(project.folder), 'bin');
    await mkdir(bin);
    await writeFile(path.join(bin, 'python3'), `#!/bin/sh\nexec '${testPython()}' "$@"\n`);
    await chmod(path.join(bin, 'python3'), 0o755);
    const search = `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`;
    const { code, stdout } = await runCommandLine(project, ['doctor', '.', 'quick'], { ...nothingNamed, PATH: search });
    expect(stdout).toMatch(/! The app runs on \S.*\(3\.\d+\.\d+\): no virtual environment was found/);
    expect(stdout).toContain('insightsComparison.pythonPath');
    expect(code).toBe(0);
  });

  test('that the interpreter is older than honeybadger supports', async () => {
    project = await copyProject('projects/flask_plain');
    const old = path.join(path.dirname(project.folder), 'python3.7');
    await writeFile(old, `#!${testPython()}\n${anOldPython}`);
    await chmod(old, 0o755);
    const { stdout } = await runCommandLine(project, ['doctor', '.', 'quick'], { INSIGHTS_COMPARISON_PYTHON: old });
    expect(stdout).toContain('! Python 3.7.17 (INSIGHTS_COMPARISON_PYTHON) is older than honeybadger supports (3.9)');
    expect(stdout).toContain('Make the virtual environment with a newer Python.');
  });

  test('which value of an env file two readers read differently', async () => {
    project = await copyProject('tiny');
    await writeFile(
      path.join(project.folder, 'without.env'),
      'HONEYBADGER_INSIGHTS_ENABLED=false\nSECRET_KEY=ab#cd\nPLAIN=value\n',
    );
    const { code, stdout } = await runCommandLine(project, ['doctor', '.', 'short']);
    expect(stdout).toContain('without.env: SECRET_KEY is read differently by python-dotenv and dotenv');
    expect(stdout).toContain('Put the value in single quotes.');
    expect(code).toBe(0);
  });

  test('that of several env files no two belong together', async () => {
    project = await copyProject('projects/flask_plain');
    for (const [name, value] of [['a', 'true'] as const, ['b', 'false'] as const, ['c', 'true'] as const])
      await writeFile(
        path.join(project.folder, `.env.${name}`),
        `HONEYBADGER_INSIGHTS_ENABLED=${value}\nNAME=${name}\n`,
      );
    const { code, stdout } = await runCommandLine(project, ['doctor', '.', 'quick']);
    expect(stdout).toContain('several env files name the switch');
    for (const name of ['a', 'b', 'c']) expect(stdout).toContain(`.env.${name}`);
    expect(stdout).toContain('--variant without=FILE --variant with=FILE');
    expect(code).toBe(0);
  });
});
