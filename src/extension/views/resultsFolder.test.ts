import { describe, expect, test } from 'vitest';
import { resultsFolderOf, runFolderOf, watchPatternOf } from './resultsFolder';

describe('the results folder', () => {
  test.each([
    ['', '', '/home/someone/shop/.insights-comparison'],
    ['', 'apps/web', '/home/someone/shop/apps/web/.insights-comparison'],
    ['out/runs of mine', 'apps/web', '/home/someone/shop/out/runs of mine'],
    ['/results', '', '/results'],
    ['~/results', '', '/home/me/results'],
  ])('of resultsLocation %j and app.path %j is %s', (resultsLocation, appPath, expected) => {
    const context = { workspaceFolder: '/home/someone/shop', home: '/home/me' };
    expect(resultsFolderOf({ resultsLocation, appPath }, context)).toBe(expected);
  });
});

describe('what is watched', () => {
  test('inside the workspace folder starts there, so that the results folder may come and go', () => {
    expect(watchPatternOf('/home/someone/shop/.insights-comparison', '/home/someone/shop')).toEqual({
      base: '/home/someone/shop',
      pattern:
        '{.insights-comparison,.insights-comparison/runs,.insights-comparison/runs/*,.insights-comparison/runs/*/summary.json,.insights-comparison/history.json}',
    });
  });

  test.each(['/results', '/home/someone/shop', '/home/someone/shop/odd{name}', '/home'])(
    '%s is watched by itself',
    (results) => {
      expect(watchPatternOf(results, '/home/someone/shop')).toEqual({
        base: results,
        pattern: '{runs,runs/*,runs/*/summary.json,history.json}',
      });
    },
  );
});

describe('a changed path', () => {
  test.each([
    ['/r/runs/1/summary.json', '/r/runs/1'],
    ['/r/runs/1', '/r/runs/1'],
    ['/r/runs', null],
    ['/r', null],
    ['/elsewhere', null],
  ])('%s belongs to %s', (changed, expected) => {
    expect(runFolderOf(changed, '/r')).toBe(expected);
  });
});
