import { describe, expect, test } from 'vitest';
import { expandPath, expandProgram } from './expandPath';

const context = { workspaceFolder: '/home/someone/$& shop', home: '/home/me' };

describe('paths in settings', () => {
  test.each([
    ['.env.on', '/home/someone/$& shop/.env.on'],
    ['${workspaceFolder}/venv/bin/python', '/home/someone/$& shop/venv/bin/python'],
    ['~/venv/bin/python', '/home/me/venv/bin/python'],
    ['~', '/home/me'],
    ['~other/x', '/home/someone/$& shop/~other/x'],
    ['/opt/python', '/opt/python'],
  ])('%s is %s', (written, absolute) => {
    expect(expandPath(written, context)).toBe(absolute);
  });

  test('a program without a separator is left to PATH', () => {
    expect(expandProgram('python3.12', context)).toBe('python3.12');
    expect(expandProgram('bin/python', context)).toBe('/home/someone/$& shop/bin/python');
  });
});
