import type { AppEntry } from './appEntry';
import type { Software } from './readSoftware';

export interface ServerChoice {
  readonly command: readonly string[];
  /** `gunicorn 23.0.0`, or `Flask's own development server`. */
  readonly server: string;
  readonly isDevelopmentServer: boolean;
}

/**
 * What an app is served with: gunicorn, waitress or, where there is only an ASGI module, uvicorn, when its interpreter has it; else
 * the framework's own server, `ownCommand`. gunicorn reads the project's own `gunicorn.conf.py` by itself.
 */
export function serverCommand(entry: AppEntry, ownCommand: readonly string[], { packages }: Software): ServerChoice {
  const { gunicorn, waitress, uvicorn } = packages;
  if (entry.wsgi !== null && gunicorn !== undefined) {
    const options = ['--bind', '127.0.0.1:{port}', '--threads', '4', ...withoutControlSocket(gunicorn)];
    return production(`gunicorn ${gunicorn}`, ['gunicorn', ...options, entry.wsgi]);
  }
  if (entry.wsgi !== null && waitress !== undefined) {
    const app = entry.wsgi.endsWith('()') ? ['--call', entry.wsgi.slice(0, -2)] : [entry.wsgi];
    return production(`waitress ${waitress}`, ['waitress', '--listen', '127.0.0.1:{port}', ...app]);
  }
  if (entry.asgi !== null && uvicorn !== undefined) {
    const options = ['--host', '127.0.0.1', '--port', '{port}'];
    return production(`uvicorn ${uvicorn}`, ['uvicorn', ...options, entry.asgi]);
  }
  const name = entry.framework === 'django' ? 'Django' : 'Flask';
  return { command: ownCommand, server: `${name}'s own development server`, isDevelopmentServer: true };
}

/** From 25.1 on it would take the place of the socket, in the user's home, of a gunicorn that runs there already. */
function withoutControlSocket(version: string): readonly string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 25 || (major === 25 && minor >= 1) ? ['--no-control-socket'] : [];
}

function production(server: string, words: readonly string[]): ServerChoice {
  return { command: ['{python}', '-m', ...words], server, isDevelopmentServer: false };
}
