import type { Exit } from '../../shared/record';
import { UserError } from '../../shared/userError';
import { lastLines } from './lastLines';

export interface EndedEarly {
  readonly name: string;
  readonly exit: Exit;
  readonly lines: readonly string[];
  /** The interpreter that a missing module is to be installed for. */
  readonly pythonPath: string;
}

/** What a module that is imported by one name is installed by, where the two differ. */
const packageNames: Readonly<Record<string, string>> = {
  MySQLdb: 'mysqlclient',
  PIL: 'pillow',
  bs4: 'beautifulsoup4',
  corsheaders: 'django-cors-headers',
  decouple: 'python-decouple',
  dj_database_url: 'dj-database-url',
  django_filters: 'django-filter',
  dotenv: 'python-dotenv',
  environ: 'django-environ',
  jwt: 'PyJWT',
  psycopg: '"psycopg[binary]"',
  psycopg2: 'psycopg2-binary',
  rest_framework: 'djangorestframework',
  yaml: 'PyYAML',
};

/** Says, from the last lines of its output, why a process ended before it was ready, and what to do about it. */
export function explainExit(ended: EndedEarly): UserError {
  return (
    explainMissingModule(ended) ??
    explainTakenPort(ended) ??
    explainSyntaxError(ended) ??
    explainTraceback(ended) ??
    explainPlainly(ended)
  );
}

/** The sentence for output that ends in a Python module that is not there; null for any other. */
export function explainMissingModule({ name, lines, pythonPath }: Omit<EndedEarly, 'exit'>): UserError | null {
  // `python -m gunicorn` says it without quotes.
  const module = lastMatch(lines, /No module named '?([\w.]+)'?/)?.[1];
  if (module === undefined) {
    return null;
  }
  if (module.includes('.')) {
    return new UserError('target', `${name} could not import the Python module ${module}.`, {
      hint: `Correct its name (in "command", or in a variable such as DJANGO_SETTINGS_MODULE) or "cwd". ${lastLines(lines)}`,
    });
  }
  return new UserError('target', `The app needs the Python module ${module}, which ${pythonPath} does not have.`, {
    hint: `Install it: ${pythonPath} -m pip install ${packageNames[module] ?? module}`,
  });
}

function explainTakenPort({ name, lines }: EndedEarly): UserError | null {
  const line = lastMatch(lines, /address (?:is )?already in use|EADDRINUSE|connection in use|port.* in use/i)?.input;
  if (line === undefined) {
    return null;
  }
  return new UserError('target', `${name} could not start: its port is taken. It says: ${line.trim()}`, {
    hint: 'End the program that holds the port, or give the target another "port" and write {port} into its "command".',
  });
}

function explainSyntaxError({ name, lines }: EndedEarly): UserError | null {
  const error = lastMatch(lines, /^\s*((?:Syntax|Indentation|Tab)Error: .*)$/)?.[1];
  if (error === undefined) {
    return null;
  }
  const place = lastMatch(lines, /^\s*File "(.+)", line (\d+)/);
  const where = place === null ? '' : ` in ${place[1]}, line ${place[2]}`;
  return new UserError('target', `${name} could not start: ${error}${where}.`, {
    hint: 'Correct that line. If it is right, the app needs another version of Python than the one it was started with.',
  });
}

function explainTraceback({ name, exit, lines }: EndedEarly): UserError | null {
  const start = lines.findLastIndex((line) => line.includes('Traceback (most recent call last)'));
  if (start === -1) {
    return null;
  }
  // The first line that is not indented again; a server may go on writing after it.
  const error = lines.slice(start + 1).find((line) => /^[A-Za-z_][\w.]*(?::|$)/.test(line));
  if (error === undefined) {
    return null;
  }
  return new UserError('target', `${name} ended with ${describeExit(exit)} before it was ready: ${error}`, {
    hint: lastLines(lines),
  });
}

function explainPlainly({ name, exit, lines }: EndedEarly): UserError {
  const advice = exit.code === 0 ? 'If it goes on in the background (--daemon), start it in the foreground. ' : '';
  return new UserError('target', `${name} ended with ${describeExit(exit)} before it was ready.`, {
    hint: `${advice}${lastLines(lines)}`,
  });
}

/** `exit code 3`, or `signal SIGKILL`. */
export function describeExit(exit: Exit): string {
  return exit.signal === null ? `exit code ${exit.code ?? 'unknown'}` : `signal ${exit.signal}`;
}

function lastMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | null {
  for (const line of [...lines].reverse()) {
    const match = pattern.exec(line);
    if (match !== null) {
      return match;
    }
  }
  return null;
}
