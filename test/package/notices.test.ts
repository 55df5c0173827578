import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticesText, packageFoldersOf, writeThirdPartyNotices } from '../../scripts/thirdPartyNotices.mjs';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'ic-notices-'));
  await addPackage('a', { license: 'MIT' }, { LICENSE: 'MIT\n\nCopyright A' });
  await addPackage('@s/b', { license: 'MIT' }, { 'LICENSE.md': 'MIT\r\nCopyright A\r\n' });
  await addPackage(
    'a/node_modules/c',
    { license: 'Apache-2.0' },
    { license: 'Apache', NOTICE: 'By C', 'licenses.js': 'no' },
  );
  await addPackage('bare', { license: 'ISC', author: { name: 'Somebody' } }, {});
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

async function addPackage(name: string, manifest: object, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = path.join(root, 'node_modules', name);
  await mkdir(folder, { recursive: true });
  const text = JSON.stringify({ name: path.basename(name), version: '1.0.0', ...manifest });
  for (const [file, content] of Object.entries({ ...files, 'package.json': text })) {
    await writeFile(path.join(folder, file), content);
  }
}

function metafile(inputs: Readonly<Record<string, number>>): Metafile {
  const sized = Object.entries(inputs).map(([file, bytesInOutput]) => [file, { bytesInOutput }] as const);
  const output = { bytes: 0, inputs: Object.fromEntries(sized), imports: [], exports: [] };
  return { inputs: {}, outputs: { 'dist/x.js': output } };
}

test('the packages are those that left code in a bundle, wherever they are nested', () => {
  const one = metafile({ 'node_modules/a/lib/x.js': 10, 'src/a.ts': 5, 'node_modules/unused/index.js': 0 });
  const other = metafile({
    'node_modules/a/y.js': 1,
    'node_modules/@s/b/y.js': 1,
    'node_modules/a/node_modules/c/z.js': 1,
  });
  expect(packageFoldersOf([one, other])).toEqual([
    'node_modules/@s/b',
    'node_modules/a',
    'node_modules/a/node_modules/c',
  ]);
});

test('the long texts of MIT and Apache stand once, at the end; a variant of one stays where it is', () => {
  const mit = 'Permission is hereby granted, free of charge, to …\nOTHER DEALINGS IN THE SOFTWARE.';
  const notice = { version: '1.0.0', licence: 'MIT', author: '' };
  const text = noticesText([
    { ...notice, name: 'a', text: `Copyright A\n\n${mit}` },
    { ...notice, name: 'b', text: `Copyright B\n\n${mit.replace('\n', ' ')}\nMore.` },
    { ...notice, name: 'c', text: `Copyright C\n\n${mit.replace('to', 'to nobody')}` },
  ]);
  const reference = '[MIT License: see the end of this file]';
  expect(partsOf(text)).toEqual([
    `a 1.0.0 (MIT)\n\nCopyright A\n\n${reference}`,
    `b 1.0.0 (MIT)\n\nCopyright B\n\n${reference}\nMore.`,
    `c 1.0.0 (MIT)\n\nCopyright C\n\n${mit.replace('to', 'to nobody')}`,
    `MIT License\n\n${mit}`,
  ]);
});

test('packages of one text share it; notices are passed on; one without a licence file is named with its licence', async () => {
  const inputs = { 'node_modules/a/x.js': 1, 'node_modules/@s/b/x.js': 1, 'node_modules/bare/x.js': 1 };
  const file = path.join(root, 'dist', 'notices.txt');
  const nested = metafile({ 'node_modules/a/node_modules/c/x.js': 1 });
  await writeThirdPartyNotices({ root, metafiles: [metafile(inputs), nested], file });
  expect(partsOf(await readFile(file, 'utf8'))).toEqual([
    'b 1.0.0 (MIT)\na 1.0.0 (MIT)\n\nMIT\nCopyright A',
    'c 1.0.0 (Apache-2.0)\n\nBy C\n\nApache',
    'bare 1.0.0 (ISC)\n\nNo licence file. Licence: ISC. Author: Somebody.',
  ]);
});

/** What stands between the rulers, without the heading. */
function partsOf(text: string): readonly string[] {
  const [, ...parts] = text.split(/\n-{80}\n/);
  return parts.map((part) => part.trim());
}
