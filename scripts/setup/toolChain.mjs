import { findProgram } from './findProgram.mjs';
import { commandFailure } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';

const debianPackages = ['build-essential'];

/**
 * A compiler and `make`, which node-gyp calls to build the native parts of Node packages. Python, which it needs as well, is
 * there: the set-up asks for it first.
 * @param {{ env: NodeJS.ProcessEnv, debian: import('./debian.mjs').Debian, say: (sentence: string) => void }} options
 */
export async function haveToolChain({ env, debian, say }) {
  if (hasToolChain(env)) return;
  if (debian.canInstall) {
    say(`installing ${debianPackages.join(', ')} (apt-get)`);
    const result = await debian.install(debianPackages);
    if (result.code !== 0) throw commandFailure('Installing a C++ compiler', 'apt-get', result);
    if (hasToolChain(env)) return;
  }
  const fix = debian.isDebian
    ? `Run: sudo apt-get install ${debianPackages.join(' ')}`
    : 'Install them, or name a compiler in CXX';
  throw new SetupError(`A C++ compiler (g++) and make are needed to build parts of VS Code and were not found. ${fix}`);
}

/** @param {NodeJS.ProcessEnv} env */
function hasToolChain(env) {
  const searchPath = env['PATH'] ?? '';
  const compilers = env['CXX'] ? [env['CXX'].split(' ')[0] ?? ''] : ['g++'];
  return findProgram(compilers, searchPath) !== undefined && findProgram(['make'], searchPath) !== undefined;
}
