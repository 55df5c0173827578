import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { detectVariants } from './detectVariants';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-variants-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const on = 'HONEYBADGER_INSIGHTS_ENABLED=true\n';
const off = 'HONEYBADGER_INSIGHTS_ENABLED=false\n';

test.each<[string, Record<string, string>, Record<string, string[]> | null, string[]]>([
  [
    'one of each, the one with Insights off first',
    { '.env.a': on, '.env.b': off },
    { b: ['.env.b'], a: ['.env.a'] },
    [],
  ],
  [
    "those that bear the app's name",
    { '.env.shop.off': off, '.env.shop.on': on, '.env.blog.off': off, '.env.blog.on': on },
    { off: ['.env.shop.off'], on: ['.env.shop.on'] },
    [],
  ],
  [
    'those beside the app before those elsewhere',
    { 'shop/off.env': off, 'shop/on.env': on, 'other.env': on },
    { off: ['shop/off.env'], on: ['shop/on.env'] },
    [],
  ],
  [
    'files of one name in two folders',
    { 'a/.env': off, 'b/.env': on },
    { without_insights: ['a/.env'], with_insights: ['b/.env'] },
    [],
  ],
  ['not templates', { '.env.example': off, '.env': on }, null, []],
  ['not files that do not name the switch', { '.env.test': 'A=1\n', '.env': on }, null, []],
  ['not files that cannot be read as such', { 'off.env': `${off}what is this\n`, 'on.env': on }, null, []],
  ['not three of them', { 'a.env': off, 'b.env': on, 'c.env': on }, null, ['a.env', 'b.env', 'c.env']],
])('the pair is %s', async (_, files, variants, ambiguous) => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const found = await detectVariants({ folder, cwd: path.join(folder, 'shop'), targetName: 'shop' });
  expect(found).toEqual({ variants, ambiguous });
  expect(Object.keys(found.variants ?? {})).toEqual(Object.keys(variants ?? {}));
});
