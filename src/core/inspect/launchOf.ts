import { programName } from '../../shared/appServer';

/** How a command starts its app: what a probe needs to load the same app without serving it. */
export type Launch =
  | { readonly type: 'gunicorn' | 'flask'; readonly words: readonly string[] }
  /** `manage.py`, and the words after it. */
  | { readonly type: 'manage'; readonly file: string; readonly words: readonly string[] }
  /** `package.module:attribute`, or a module alone. */
  | { readonly type: 'module'; readonly name: string; readonly isFactory: boolean }
  | { readonly type: 'script'; readonly file: string };

const moduleServers: ReadonlySet<string> = new Set(['uvicorn', 'hypercorn', 'daphne', 'waitress', 'waitress-serve']);
const appName = /^[A-Za-z_][\w.]*:[A-Za-z_][\w.]*$/;

/**
 * Reads a command, placeholders filled in: gunicorn, `flask run`, `manage.py`, another server with `module:attribute`, uWSGI with a module, a script.
 * Words before the server (`poetry run`, `nice`) are skipped. Null for what cannot be told, such as a shell line.
 */
export function launchOf(command: readonly string[]): Launch | null {
  for (const [index, word] of command.entries()) {
    const name = programName(word);
    const rest = command.slice(index + 1);
    if (name === 'gunicorn' || name === 'flask') return { type: name, words: rest };
    if (name === 'manage.py') return { type: 'manage', file: word, words: rest };
    if (moduleServers.has(name)) {
      const app = rest.find((part) => appName.test(part));
      return app === undefined ? null : { type: 'module', name: app, isFactory: isFactory(rest) };
    }
    if (name === 'uwsgi' || name === 'pyuwsgi') return uwsgiModule(rest);
    if (index > 0 && /\.py$/.test(word) && !word.startsWith('-')) return { type: 'script', file: word };
  }
  return null;
}

/** `--module shop:app`, `-w shop`, `--module=shop:create_app()`; what a config file of uWSGI says is not read. */
function uwsgiModule(words: readonly string[]): Launch | null {
  const options = ['--module', '-w', '--wsgi'];
  const given = words.flatMap((word, index) => {
    const [option = '', value = words[index + 1]] = word.split('=', 2);
    return options.includes(option) && value !== undefined ? [value] : [];
  })[0];
  if (given === undefined) return null;
  return { type: 'module', name: given.replace(/\(\)$/, ''), isFactory: given.endsWith('()') };
}

function isFactory(words: readonly string[]): boolean {
  return words.includes('--factory') || words.includes('--call');
}
