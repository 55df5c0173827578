import { describe, expect, test } from 'vitest';
import { explainExit } from './explainExit';

const explain = (...lines: string[]): { message: string; hint: string | undefined } => {
  const exit = { code: 1, signal: null, forced: false };
  const { message, hint } = explainExit({ name: 'flask', exit, lines, pythonPath: 'python' });
  return { message, hint };
};

describe('the reason for an early end', () => {
  test.each([
    ["ModuleNotFoundError: No module named 'dotenv'", 'python-dotenv'],
    ['/usr/bin/python3: No module named gunicorn', 'gunicorn'],
    ["ModuleNotFoundError: No module named 'MySQLdb'", 'mysqlclient'],
  ])('%s: installs %s', (line, name) => {
    expect(explain('Traceback (most recent call last):', line, 'worker failed to boot').hint).toBe(
      `Install it: python -m pip install ${name}`,
    );
  });

  test('a module inside a package is not something to install', () => {
    const { message, hint } = explain("ModuleNotFoundError: No module named 'shop.settings'");
    expect(message).toBe('flask could not import the Python module shop.settings.');
    expect(hint).toContain('DJANGO_SETTINGS_MODULE');
  });

  test.each([
    "[2024-01-01 10:00:00] [ERROR] Connection in use: ('127.0.0.1', 5000)",
    'Error: That port is already in use.',
    'Port 5000 is in use by another program. Either identify and stop that program, or start the server with a different port.',
    'OSError: [Errno 98] Address already in use',
  ])('%s: the port is taken', (line) => {
    expect(explain('starting', line, 'bye').message).toContain('its port is taken');
  });

  test('the exception counts, not what a server writes after it', () => {
    const { message } = explain(
      'Traceback (most recent call last):',
      '  File "a.py", line 1, in <module>',
      'django.core.exceptions.ImproperlyConfigured: Set SECRET_KEY',
      '[ERROR] Worker (pid:1) exited with code 3',
    );
    expect(message).toBe(
      'flask ended with exit code 1 before it was ready: django.core.exceptions.ImproperlyConfigured: Set SECRET_KEY',
    );
  });

  test('silence is said', () => {
    expect(explain().hint).toBe('It wrote nothing.');
  });
});
