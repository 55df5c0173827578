import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkLayers, type Sources } from './layers/checkLayers';
import { findCycles } from './layers/findCycles';
import { scanImports } from './layers/scanImports';

const root = fileURLToPath(new URL('..', import.meta.url));

function sourcesBelow(...folders: readonly string[]): Sources {
  const files = folders.flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  );
  return Object.fromEntries(files.map((file) => [file, readFileSync(root + file, 'utf8')]));
}

describe('the checkout', () => {
  const sources = sourcesBelow('src', 'webview');

  test('has sources to check', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(30);
  });

  test('imports along the arrows only', () => {
    expect(checkLayers(sources)).toEqual([]);
  });

  test('has no import cycles between files', () => {
    expect(findCycles(sources)).toEqual([]);
  });
});

describe('the scanner', () => {
  test.each([
    [`import { a } from './a';`, { specifier: './a', isTypeOnly: false }],
    [`import a from './a';`, { specifier: './a', isTypeOnly: false }],
    [`import './a';`, { specifier: './a', isTypeOnly: false }],
    [`import type { A } from './a';`, { specifier: './a', isTypeOnly: true }],
    [`import { type A } from './a';`, { specifier: './a', isTypeOnly: false }],
    [`export { a } from './a';`, { specifier: './a', isTypeOnly: false }],
    [`export * from './a';`, { specifier: './a', isTypeOnly: false }],
    [`export type { A } from './a';`, { specifier: './a', isTypeOnly: true }],
    [`const a = await import('./a');`, { specifier: './a', isTypeOnly: false }],
    [`const a = require('./a');`, { specifier: './a', isTypeOnly: false }],
    [`import a = require('./a');`, { specifier: './a', isTypeOnly: false }],
    [`let a: import('./a').A;`, { specifier: './a', isTypeOnly: true }],
    ['const a = await import(`./a`);', { specifier: './a', isTypeOnly: false }],
  ])('sees %s', (text, expected) => {
    expect(scanImports('x.ts', text)).toEqual([{ ...expected, line: 1 }]);
  });

  test('names the line and is not taken in by comments and strings', () => {
    const text = `// import './no';\nconst s = "import './no'";\nimport './yes';\n`;
    expect(scanImports('x.ts', text)).toEqual([{ specifier: './yes', isTypeOnly: false, line: 3 }]);
  });
});

describe('the law of layers', () => {
  test.each([
    // Layers.
    ['src/shared/a.ts', `import '../core/target/b';`, 'shared may not import core'],
    ['src/core/target/a.ts', `import '../../cli/b';`, 'core may not import cli'],
    ['src/core/target/a.ts', `import '../../extension/b';`, 'core may not import extension'],
    ['src/core/report/a.ts', `import '../../../webview/b';`, 'core may not import webview'],
    ['src/cli/a.ts', `import '../extension/b';`, 'cli may not import extension'],
    ['src/cli/a.ts', `import '../../webview/b';`, 'cli may not import webview'],
    ['src/extension/a.ts', `import type { B } from '../cli/b';`, 'extension may not import cli'],
    ['webview/a.ts', `import type { B } from '../src/core/trial/b';`, 'webview may not import core'],
    ['webview/components/a.ts', `import '../../src/extension/b';`, 'webview may not import extension'],
    [
      'src/extension/a.ts',
      `import { b } from '../core/trial/b';`,
      'extension may import only types of core/trial (import type)',
    ],
    ['src/core/report/a.ts', `import '../../../package.json';`, 'core may not import package.json'],
    ['src/cli/a.ts', `import '../../esbuild.js';`, 'cli may not import esbuild.ts'],
    ['src/cli/a.ts', `import './b.test';`, 'only tests may import test files'],
    ['src/core/target/a.ts', `import './testGuard';`, 'only tests may import test files'],
    ['src/elsewhere/a.ts', `import './b';`, 'this file lies in no known layer'],
    // Packages and Node.
    ['src/core/target/a.ts', `import 'vscode';`, 'core may not use the package vscode'],
    ['src/cli/a.ts', `import 'execa';`, 'cli may not use the package execa'],
    ['src/shared/a.ts', `import 'undici';`, 'shared may not use the package undici'],
    ['src/core/report/a.ts', `import 'chart.js/auto';`, 'core may not use the package chart.js'],
    ['src/extension/a.ts', `import { html } from 'lit';`, 'extension may not use the package lit'],
    ['src/core/load/a.ts', `import 'commander';`, 'core may not use the package commander'],
    ['webview/a.ts', `import 'zod';`, 'webview may not use the package zod'],
    ['src/cli/a.ts', `import '@peculiar/x509';`, 'cli may not use the package @peculiar/x509'],
    ['src/shared/a.ts', `import 'node:fs';`, 'shared may not import from Node'],
    ['webview/a.ts', `import 'node:path';`, 'webview may not import from Node'],
    ['src/core/load/a.ts', `import 'fs/promises';`, `Node's own modules are written node:fs/promises`],
    // Rooms of core.
    ['src/core/target/a.ts', `import '../load/b';`, 'core/target may not import core/load'],
    ['src/core/project/a.ts', `import '../target/b';`, 'core/project may not import core/target'],
    ['src/core/load/a.ts', `import '../sample/b';`, 'core/load may not import core/sample'],
    ['src/core/sample/a.ts', `import '../collector/b';`, 'core/sample may not import core/collector'],
    ['src/core/collector/a.ts', `import '../project/b';`, 'core/collector may not import core/project'],
    ['src/core/trial/a.ts', `import '../comparison/b';`, 'core/trial may not import core/comparison'],
    ['src/core/trial/a.ts', `import '../project/b';`, 'core/trial may not import core/project'],
    ['src/core/comparison/a.ts', `import '../report/b';`, 'core/comparison may not import core/report'],
    ['src/core/history/a.ts', `import '../comparison/b';`, 'core/history may not import core/comparison'],
    ['src/core/report/a.ts', `import '../history/b';`, 'core/report may not import core/history'],
    ['src/core/comparison/a.ts', `import '../runEngine';`, 'core/comparison may not import core/runEngine'],
    ['src/core/taskGroup.ts', `import './target/b';`, 'core/taskGroup is for every room, so it may import none'],
    [
      'src/core/novelty/a.ts',
      `import '../target/b';`,
      'core/novelty is not in the table of rooms (test/layers/layerTables.ts)',
    ],
    ['src/core/load/a.ts', `import { b } from '../target/startProcess';`, 'core/load may not import core/target'],
  ])('%s: %s is refused', (file, text, why) => {
    expect(checkLayers({ [file]: `\n${text}` })).toEqual([expect.stringMatching(`^${file}:2 imports '.+': `)]);
    expect(checkLayers({ [file]: text })[0]).toContain(why);
  });

  test.each([
    ['webview/a.ts', `import '../src/shared/b'; import 'lit/decorators.js'; import './c.js';`],
    [
      'src/cli/a.ts',
      `import '../core/comparison/b'; import '../shared/b'; import 'node:fs'; import '../../package.json';`,
    ],
    ['src/extension/a.ts', `import type { B } from '../core/trial/b'; import '../core/history/b'; import 'vscode';`],
    [
      'src/core/comparison/a.ts',
      `import '../trial/b'; import '../history/b'; import '../load/b'; import '../taskGroup';`,
    ],
    ['src/core/load/a.ts', `import { b } from '../target/processes'; import 'undici'; import 'pure-rand/x';`],
    ['src/shared/a.ts', `import '@stdlib/stats-base-dists-t-cdf'; import './statistics/b';`],
    ['src/shared/a.test.ts', `import '../core/trial/b'; import 'fast-check'; import 'node:fs';`],
    ['src/core/target/testGuard.ts', `import 'esbuild'; import '../load/b';`],
  ])('%s: %s is allowed', (file, text) => {
    expect(checkLayers({ [file]: text })).toEqual([]);
  });
});

describe('import cycles', () => {
  test('are found over any number of files, types included', () => {
    const sources = {
      'src/shared/a.ts': `import './b';`,
      'src/shared/b.ts': `import type { C } from './c';`,
      'src/shared/c.ts': `import { a } from './a';`,
      'src/shared/d.ts': `import './a';`,
    };
    expect(findCycles(sources)).toEqual(['src/shared/a.ts → src/shared/b.ts → src/shared/c.ts → src/shared/a.ts']);
  });

  test('are not seen in a diamond', () => {
    const sources = {
      'src/shared/a.ts': `import './b'; import './c';`,
      'src/shared/b.ts': `import './d';`,
      'src/shared/c.ts': `import './d';`,
      'src/shared/d.ts': '',
    };
    expect(findCycles(sources)).toEqual([]);
  });
});
