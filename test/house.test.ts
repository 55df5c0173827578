import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { isAllowedLicence } from './house/isAllowedLicence';
import { missingOptionalPackages } from './house/missingOptionalPackages';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));

/** Text files of the checkout, tracked or about to be, with their lines. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root })
  .toString()
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(root, file)))
  .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))
  .filter(({ text }) => !text.includes('\0'));

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        license: z.string().optional(),
        dev: z.boolean().optional(),
        optionalDependencies: z.record(z.string(), z.string()).optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));

function linesThatMatch(pattern: RegExp, chosen = files): readonly string[] {
  return chosen.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
}

/** Matches a path of this machine and what is below it, but not the end of a longer path. */
function pathPattern(folder: string): RegExp {
  return new RegExp(`(?<![\\w.~/-])${folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`);
}

/** Folders that are the same on every machine say nothing about this one. */
const commonFolders = new Set(['/', '/home', '/Users', '/tmp', '/var/tmp', '/usr', '/opt', '/mnt', tmpdir()]);
const ownFolders = [root, path.dirname(root), homedir()].filter((folder) => !commonFolders.has(folder));

describe('no file of the checkout names', () => {
  test.each(ownFolders)('a path of this machine: %s', (folder) => {
    expect(linesThatMatch(pathPattern(folder))).toEqual([]);
  });

  test("a package registry's host", () => {
    expect(linesThatMatch(/\bregistry\.[a-z0-9-]+\.[a-z]{2,}|\bpythonhosted\.org|\bdeb\.debian\.org/)).toEqual([]);
  });

  test('where a package of the lock file was fetched from', () => {
    expect(
      linesThatMatch(
        /"resolved":/,
        files.filter(({ file }) => file.endsWith('package-lock.json')),
      ),
    ).toEqual([]);
  });

  test('… and the patterns do find such lines', () => {
    const planted = [{ file: 'x', text: `at ${root}/src\n'${root}'\nsub${root}\n` }];
    expect(linesThatMatch(pathPattern(root), planted)).toHaveLength(2);
  });
});

describe('packages', () => {
  test('that go into what we ship are all under a licence that allows it', () => {
    const refused = Object.entries(lock.packages)
      .filter(([place, { dev }]) => place !== '' && dev !== true)
      .map(([place, { license }]) => `${place}: ${licenceOf(place) ?? license ?? 'none stated'}`)
      .filter((line) => !isAllowedLicence(line.slice(line.indexOf(': ') + 2)));
    expect(refused).toEqual([]);
  });

  test('are all in the lock file, those for other platforms too: without them `npm ci` fails on a clean clone', () => {
    expect(missingOptionalPackages(lock.packages)).toEqual([]);
  });

  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['Apache-2.0 AND BSL-1.0', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['Apache-2.0 AND (MIT OR GPL-2.0)', true],
    ['AGPL-3.0', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['none stated', false],
  ])('licence %s: %s', (expression, isAllowed) => {
    expect(isAllowedLicence(expression)).toBe(isAllowed);
  });

  test('a lock that lacks the package of another platform is found out', () => {
    const packages = {
      'node_modules/a': { optionalDependencies: { '@a/linux': '1', '@a/mac': '1' } },
      'node_modules/a/node_modules/@a/linux': {},
      'node_modules/b/node_modules/a': { optionalDependencies: { '@a/linux': '1', '@a/mac': '1' } },
      'node_modules/@a/mac': {},
    };
    expect(missingOptionalPackages(packages)).toEqual(['@a/linux, wanted by node_modules/b/node_modules/a']);
  });
});

describe('sources', () => {
  const sources = files.filter(({ file }) => /^(?:src|webview)\/.*\.ts$/.test(file));

  test('have no default exports', () => {
    expect(sources.filter(({ file, text }) => hasDefaultExport(file, text)).map(({ file }) => file)).toEqual([]);
  });

  test.each([
    ['export default function x() {}', true],
    ['export default 1;', true],
    ['const a = 1; export { a as default };', true],
    ['export function x() {}', false],
  ])('… as %s is one: %s', (text, expected) => {
    expect(hasDefaultExport('x.ts', text)).toBe(expected);
  });

  test('give a reason for every rule that they switch off', () => {
    const withoutReason = linesThatMatch(
      /\beslint-disable(?!.* -- \S)/,
      files.filter(({ file }) => file.endsWith('.ts')),
    );
    expect(withoutReason.filter((line) => !line.startsWith('test/house'))).toEqual([]);
  });
});

function licenceOf(place: string): string | undefined {
  const manifest = path.join(root, place, 'package.json');
  if (!existsSync(manifest)) return undefined;
  return z.object({ license: z.string().optional() }).parse(JSON.parse(readFileSync(manifest, 'utf8'))).license;
}

function hasDefaultExport(file: string, text: string): boolean {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return source.statements.some((statement) => {
    if (ts.isExportAssignment(statement)) return true;
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      return statement.exportClause.elements.some(({ name }) => name.text === 'default');
    }
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true;
  });
}
