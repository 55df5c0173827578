import { isAbsolute, join } from 'node:path';

/**
 * Where things that outlive a checkout belong: `$XDG_CACHE_HOME` where it is set, else the platform's own place.
 * @param {{ env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string }} machine
 */
export function cacheFolder({ env, platform, home }) {
  return join(cacheRoot(env, platform, home), 'insights-comparison');
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string} home
 */
function cacheRoot(env, platform, home) {
  const chosen = env['XDG_CACHE_HOME'];
  // The XDG specification has relative paths ignored.
  if (chosen !== undefined && isAbsolute(chosen)) return chosen;
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
  return join(home, '.cache');
}
