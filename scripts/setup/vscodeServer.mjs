import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashTexts } from './contentHash.mjs';
import { installVsCodeServer, serverMain } from './installVsCodeServer.mjs';
import { SetupError, SetupStopped } from './setupError.mjs';
import { isStamped, writeStamp } from './stamp.mjs';
import { haveToolChain } from './toolChain.mjs';
import { vsCodeVersions } from './vscodeVersions.mjs';

/** Counts up when the same versions are to be installed in another way. */
const recipe = '1';

/**
 * The Node that a server runs on.
 * @typedef {object} Runtime
 * @property {string} version
 * @property {string | undefined} executable undefined: comes from npm
 */

/**
 * @typedef {object} Server
 * @property {import('./vscodeVersions.mjs').VsCodeVersion} version
 * @property {string} folder
 * @property {() => boolean} isDone
 * @property {() => Promise<void>} install
 */

/**
 * The VS Code servers that the tests drive, in the cache. Where one cannot be had the set-up says so and goes on: the tests
 * that need it will fail, or, on a platform that has none, say that they are skipped.
 * @param {object} options
 * @param {string} options.cache
 * @param {NodeJS.ProcessEnv} options.env
 * @param {{ readonly platform: string, readonly arch: string }} options.machine
 * @param {import('./findPython.mjs').Python} options.python
 * @param {import('./debian.mjs').Debian} options.debian
 * @param {(sentence: string) => void} options.say
 * @returns {import('./main.mjs').Step & { readonly variables: () => Readonly<Record<string, string>> }}
 */
export function vsCodeServers({ cache, env, machine, python, debian, say }) {
  const problem = platformProblem(machine);
  const servers = vsCodeVersions.map((version) => serverOf(version, { cache, env, python }));
  return {
    isDone: () => problem === undefined && servers.every((server) => server.isDone()),
    run: async () => {
      if (problem !== undefined) {
        say(problem);
        return;
      }
      try {
        await haveToolChain({ env, debian, say });
        await installAll(
          servers.filter((server) => !server.isDone()),
          say,
        );
      } catch (error) {
        if (!(error instanceof SetupError)) throw error;
        const excerpt = error.excerpt.map((line) => `  ${line}`);
        say([error.message, ...excerpt, 'without it the tests in a real VS Code will fail'].join('\n'));
      }
    },
    variables: () =>
      Object.fromEntries(
        servers.filter((server) => server.isDone()).map(({ version, folder }) => [version.variable, folder]),
      ),
  };
}

/**
 * The sentence for a machine that has no such server, else undefined.
 * @param {{ readonly platform: string, readonly arch: string }} machine
 */
export function platformProblem({ platform, arch }) {
  if (platform === 'linux' && arch === 'x64') return undefined;
  return `the tests in a real VS Code run on Linux x64 only, and are skipped here (${platform} ${arch})`;
}

/**
 * This process's Node where it is of the release that the server is made for and brought its headers, else one from npm.
 * @param {string} wanted
 * @returns {Runtime}
 */
function runtimeFor(wanted) {
  const executable = realpathSync(process.execPath);
  const isSameRelease = process.versions.node.split('.')[0] === wanted.split('.')[0];
  const hasHeaders = existsSync(join(dirname(dirname(executable)), 'include', 'node', 'node.h'));
  return isSameRelease && hasHeaders
    ? { version: process.versions.node, executable }
    : { version: wanted, executable: undefined };
}

/**
 * @param {import('./vscodeVersions.mjs').VsCodeVersion} version
 * @param {{ cache: string, env: NodeJS.ProcessEnv, python: import('./findPython.mjs').Python }} options
 * @returns {Server}
 */
function serverOf(version, { cache, env, python }) {
  const runtime = runtimeFor(version.node);
  const inputs = hashTexts([recipe, version.codeServer, runtime.version, runtime.executable ?? 'npm']);
  const folder = join(cache, `vscode-${version.vsCode}-${inputs.slice(0, 12)}`);
  const stamp = join(folder, '.complete');
  return {
    version,
    folder,
    // The link to Node hangs in the air when the Node that it was made for is gone.
    isDone: () => isStamped(stamp, inputs) && existsSync(join(folder, 'node')) && existsSync(join(folder, serverMain)),
    install: async () => {
      await installVsCodeServer({ version, folder, runtime, python, env });
      writeStamp(stamp, inputs);
    },
  };
}

/**
 * Side by side: each one's downloads fill the other's compiling. All are awaited, then the first failure is thrown.
 * @param {readonly Server[]} servers
 * @param {(sentence: string) => void} say
 */
async function installAll(servers, say) {
  for (const { version, folder } of servers) say(`installing VS Code ${version.vsCode} for the tests into ${folder}`);
  const results = await Promise.allSettled(servers.map((server) => server.install()));
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  const first = reasons.find((reason) => reason instanceof SetupStopped) ?? reasons[0];
  if (first !== undefined) throw first;
}
