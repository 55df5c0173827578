import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPython } from '../../core/project/findPython';
import { makeSampleEnvironment } from './makeSampleEnvironment';

const never = new AbortController().signal;
let folder: string;
let destination: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ic-venv-'));
  destination = path.join(folder, 'project');
  await mkdir(path.join(destination, 'samples', 'flask'), { recursive: true });
  await writeFile(
    path.join(destination, 'samples', 'requirements.txt'),
    '# There already, so that no network is needed.\npip\n',
  );
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A program that answers as Python does; `cases` are shell patterns of its arguments, with what is done then. */
async function fakePython(cases: string): Promise<string> {
  const file = path.join(folder, 'fake-python');
  const version = '"-c import sys; print"*) echo 3.11;;';
  await writeFile(file, `#!/bin/sh\ncase "$*" in\n${version}\n${cases}\n*) exit 9;;\nesac\n`, { mode: 0o755 });
  return file;
}

/** Makes an environment whose interpreter says yes to everything and notes it. */
const makesEnvironment = (folder: string): string =>
  `mkdir -p "${folder}/bin"; printf '#!/bin/sh\\necho "$@" >> "%s/asked"\\n' "${folder}" > "${folder}/bin/python"; chmod +x "${folder}/bin/python"`;

describe("the sample's virtual environment", () => {
  test('stands where the comparison finds it from an app of the sample', async () => {
    const lines: string[] = [];
    const interpreter = await makeSampleEnvironment(destination, {
      python: 'python3',
      signal: never,
      onLine: (line) => lines.push(line),
    });
    const found = await findPython({
      asked: null,
      folder: path.join(destination, 'samples', 'flask'),
      root: destination,
      environment: {},
    });
    expect(found).toMatchObject({ path: interpreter, origin: '.venv', isGuess: false });
    const prefix = execFileSync(interpreter, ['-c', 'import sys, pip; print(sys.prefix)']).toString().trim();
    expect(prefix).toBe(path.join(destination, '.venv'));
    expect(await readFile(path.join(destination, '.venv', '.gitignore'), 'utf8')).toContain('*');
    expect(lines.join('\n')).toContain('Requirement already satisfied: pip');
  });

  test('is never made over something that is there', async () => {
    await mkdir(path.join(destination, '.venv'));
    await writeFile(path.join(destination, '.venv', 'mine'), 'mine');
    const python = await fakePython('');
    await expect(
      makeSampleEnvironment(destination, { python, signal: never, onLine: () => undefined }),
    ).rejects.toMatchObject({
      name: 'UserError',
    });
    expect(await readdir(path.join(destination, '.venv'))).toEqual(['mine']);
  });

  test('is made by virtualenv where Python has no venv, and that is removed again', async () => {
    const tool = path.join(folder, 'tool');
    const python = await fakePython(`
      "-m venv"*) mkdir "$3"; echo "ensurepip is not available" >&2; exit 1;;
      "-c import venv"*) exit 1;;
      "-m pip --version") exit 0;;
      "-m pip install"*) for word in "$@"; do [ "$before" = --target ] && echo "$word" > "${tool}"; before="$word"; done;;
      "-m virtualenv"*) [ -d "$PYTHONPATH" ] || exit 8; ${makesEnvironment('$4')};;`);
    const interpreter = await makeSampleEnvironment(destination, { python, signal: never, onLine: () => undefined });
    expect(interpreter).toBe(path.join(destination, '.venv', 'bin', 'python'));
    expect(await readFile(path.join(destination, '.venv', 'asked'), 'utf8')).toContain(
      `--requirement ${path.join(destination, 'samples', 'requirements.txt')}`,
    );
    expect(existsSync((await readFile(tool, 'utf8')).trim())).toBe(false);
  });

  test('names the Debian package where Python has neither venv nor pip', async () => {
    const python = await fakePython('"-m venv"*) mkdir "$3"; exit 1;;');
    await expect(
      makeSampleEnvironment(destination, { python, signal: never, onLine: () => undefined }),
    ).rejects.toMatchObject({
      name: 'UserError',
      hint: expect.stringContaining('sudo apt-get install python3.11-venv') as string,
    });
    expect(existsSync(path.join(destination, '.venv'))).toBe(false);
  });

  test('is gone when pip fails, and the reason and the fix are said', async () => {
    const python = await fakePython(`
      "-m venv"*) mkdir -p "$3/bin"
        printf '#!/bin/sh\\necho "Failed to establish a new connection" >&2; exit 1\\n' > "$3/bin/python"; chmod +x "$3/bin/python";;`);
    await expect(
      makeSampleEnvironment(destination, { python, signal: never, onLine: () => undefined }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('could not be reached') as string,
      hint: expect.stringContaining('proxy') as string,
    });
    expect(existsSync(path.join(destination, '.venv'))).toBe(false);
  });

  test('is gone when it is cancelled, and with it every process that was at work', async () => {
    // The helper ignores the polite signal to its parent; only the whole group's end ends it.
    const python = await fakePython('"-m venv"*) mkdir "$3"; sleep 600 & echo "helper $!"; wait;;');
    const controller = new AbortController();
    let helper = 0;
    const making = makeSampleEnvironment(destination, {
      python,
      signal: controller.signal,
      onLine: (line) => {
        helper = Number(line.split(' ')[1]);
        controller.abort(new Error('cancelled'));
      },
    });
    await expect(making).rejects.toThrow('cancelled');
    expect(existsSync(path.join(destination, '.venv'))).toBe(false);
    expect(helper).toBeGreaterThan(1);
    expect(isAlive(helper)).toBe(false);
  });

  test.each([
    ['no-such-python', 'no Python that runs'],
    ['/bin/false', 'no Python that runs'],
  ])('is not begun with %s', async (python, words) => {
    const making = makeSampleEnvironment(destination, { python, signal: never, onLine: () => undefined });
    await expect(making).rejects.toThrow(words);
  });

  test('is not begun with a Python that is too old', async () => {
    const python = path.join(folder, 'old-python');
    await writeFile(python, '#!/bin/sh\necho 3.8\n', { mode: 0o755 });
    const making = makeSampleEnvironment(destination, { python, signal: never, onLine: () => undefined });
    await expect(making).rejects.toThrow('needs Python 3.9 or newer');
  });
});

function isAlive(pid: number): boolean {
  // A zombie waits for whoever collects it; it is not alive.
  try {
    return !/^\d+ \(.*\) Z/.test(
      execFileSync('cat', [`/proc/${pid}/stat`], { stdio: ['ignore', 'pipe', 'ignore'] }).toString(),
    );
  } catch {
    return false;
  }
}
