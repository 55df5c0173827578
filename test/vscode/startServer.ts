import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { serverMain } from '../../scripts/setup/installVsCodeServer.mjs';

/** From the checkout's root, where tests and benches run: these are bundled to elsewhere. */
const endWithStdin = path.resolve('test/vscode/endWithStdin.mjs');

export interface ServerPlace {
  /** Where VS Code is installed. */
  readonly folder: string;
  /** The home of everything that it writes. */
  readonly home: string;
  /** Beside PATH and language; the extension host and what it starts inherit it. */
  readonly env: Readonly<Record<string, string>>;
}

export interface RunningServer {
  readonly port: number;
  /** What it wrote so far. */
  readonly output: () => string;
  /** Kills it with its process group. */
  end(): Promise<void>;
}

/** What a server is for: windows as users have them, or windows that run tests inside the extension host. */
export type ServerPurpose = 'windows' | 'inside';

/** Where a server keeps what it knows of its user, below a home. Extensions are common to all. */
export function serverFolders(
  home: string,
  purpose: ServerPurpose,
): { userData: string; serverData: string; extensions: string } {
  return {
    userData: path.join(home, purpose, 'ud'),
    serverData: path.join(home, purpose, 'sd'),
    extensions: path.join(home, 'ext'),
  };
}

/** Resolves when the server answers. Rejects with its output when it ends before. */
export async function startServer(place: ServerPlace, purpose: ServerPurpose): Promise<RunningServer> {
  const { userData } = serverFolders(place.home, purpose);
  const { command, args } = serverCommand(place, purpose, [
    '--host=127.0.0.1',
    '--port=0',
    '--without-connection-token',
    '--telemetry-level=off',
    `--user-data-dir=${userData}`,
    // Lets a window run extension tests, but takes its notifications and modal questions away.
    ...(purpose === 'inside' ? ['--enable-smoke-test-driver'] : []),
  ]);
  const child = spawn(process.execPath, [endWithStdin, command, ...args], {
    cwd: place.home,
    env: serverEnvironment(place),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const keep = (chunk: string): void => {
      output += chunk;
      const bound = /Extension host agent listening on (\d+)/.exec(output);
      if (bound) resolve(Number(bound[1]));
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`VS Code ended before it listened:\n${output}`)));
  });
  const answer = await fetch(`http://127.0.0.1:${port}/version`);
  if (!answer.ok) throw new Error(`VS Code answers with ${answer.status}:\n${output}`);
  return {
    port,
    output: () => output,
    end: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

/** Installs a packaged extension as users do. */
export async function installVsix(place: ServerPlace, vsix: string): Promise<void> {
  const { command, args } = serverCommand(place, 'windows', ['--install-extension', vsix, '--force']);
  await promisify(execFile)(command, args, { env: serverEnvironment(place) });
}

function serverCommand(
  { folder, home }: ServerPlace,
  purpose: ServerPurpose,
  words: readonly string[],
): { command: string; args: string[] } {
  const { serverData, extensions } = serverFolders(home, purpose);
  const common = [`--server-data-dir=${serverData}`, `--extensions-dir=${extensions}`, '--accept-server-license-terms'];
  return { command: path.join(folder, 'node'), args: [path.join(folder, serverMain), ...words, ...common] };
}

/** None of the variables of this process but what every program needs: npm's and vitest's are no part of a user's editor. */
function serverEnvironment({ home, env }: ServerPlace): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    LANG: process.env['LANG'] ?? 'C.UTF-8',
    XDG_CACHE_HOME: path.join(home, 'cache'),
    ...env,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    TMPDIR: home,
    EXTENSIONS_GALLERY: '{}',
  };
}
