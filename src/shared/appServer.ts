export type AppServer = 'gunicorn' | 'uvicorn' | 'hypercorn' | 'daphne' | 'waitress' | 'uwsgi' | 'development server';

const serverByProgram: Readonly<Record<string, AppServer>> = {
  gunicorn: 'gunicorn',
  uvicorn: 'uvicorn',
  hypercorn: 'hypercorn',
  daphne: 'daphne',
  waitress: 'waitress',
  'waitress-serve': 'waitress',
  uwsgi: 'uwsgi',
  pyuwsgi: 'uwsgi',
  flask: 'development server',
  runserver: 'development server',
};

/**
 * The server that a command starts, by the first of its words that names one: as a program (`/venv/bin/gunicorn`), a module (`python -m uvicorn`)
 * or inside a shell line. Null where none does (a script of the app's own).
 */
export function appServerOf(command: readonly string[]): AppServer | null {
  const programs = command.flatMap((word) => word.split(/[\s;&|()]+/)).map(programName);
  const named = programs.find((program) => Object.hasOwn(serverByProgram, program));
  return named === undefined ? null : (serverByProgram[named] ?? null);
}

/** Of a path of any system, without `.exe`. */
export function programName(word: string): string {
  return word.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');
}
