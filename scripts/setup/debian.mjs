import { findProgram } from './findProgram.mjs';
import { runCommand } from './runCommand.mjs';

/**
 * @typedef {object} Debian
 * @property {boolean} isDebian whether apt-get is there at all
 * @property {boolean} canInstall whether we may install with it
 * @property {(packages: readonly string[]) => Promise<import('./runCommand.mjs').CommandResult>} install
 */

/**
 * Debian's packages, for who may install them. The package lists are brought up to date once, before the first install.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Debian}
 */
export function debianPackages(env) {
  const isDebian = findProgram(['apt-get'], env['PATH'] ?? '') !== undefined;
  let isUpdated = false;
  return {
    isDebian,
    canInstall: isDebian && process.getuid?.() === 0,
    install: async (packages) => {
      // In runlevel 1 (invoke-rc.d's own word for it) a package that brings a server does not start it.
      const aptEnv = { ...env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
      // Another apt-get, such as the nightly one, is waited for.
      const common = ['--quiet', '--option', 'DPkg::Lock::Timeout=600'];
      if (!isUpdated) {
        // Its failure is not final: what is to be installed may be known already.
        await runCommand('apt-get', ['update', ...common], { env: aptEnv });
        isUpdated = true;
      }
      return runCommand('apt-get', ['install', '--yes', '--no-install-recommends', ...common, ...packages], {
        env: aptEnv,
      });
    },
  };
}
