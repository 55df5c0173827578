import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packForNpm } from '../scripts/npmPackage.mjs';
import { packageReadme } from '../scripts/packageReadme.mjs';
import { listSampleFiles } from '../scripts/samplePackage.mjs';
import { zipEntries, type ZipEntry } from './package/zipEntries';

const root = path.resolve(fileURLToPath(new URL('..', import.meta.url)));
const largestBytes = 1_500_000;

const sampleNames = (await listSampleFiles(root)).map(({ template }) => `dist/sample/${template}`);
/** The command line, what it starts, and the sample: in both packages. */
const commandLineNames = [
  'dist/cli.js',
  'dist/generator.js',
  'dist/collector.js',
  'dist/guard.js',
  'dist/webview/page.js',
  'dist/THIRD-PARTY-NOTICES.txt',
  'dist/sample/sample.json',
  ...sampleNames,
];

describe('the VSIX', () => {
  let folder: string;
  let archive: Buffer;
  let entries: readonly ZipEntry[];
  let names: readonly string[];

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ic-vsix-'));
    const out = path.join(folder, 'x.vsix');
    // The bundles were built before the tests. A warning of vsce ends it with 1.
    execFileSync(process.execPath, ['scripts/package.mjs', '--no-build', '--out', out], { cwd: root, stdio: 'pipe' });
    archive = readFileSync(out);
    entries = zipEntries(archive);
    names = entries.map(({ name }) => name.replace(/^extension\//, '')).sort();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const textOf = (name: string): string => {
    const entry = entries.find((other) => other.name === `extension/${name}`);
    if (entry === undefined) throw new Error(`The package has no ${name}`);
    return entry.read().toString('utf8');
  };

  test('holds the bundles, the sample, the pictures and the legal texts, and nothing else', () => {
    const media = [...filesIn('media'), ...filesIn('media/walkthrough')];
    // Their names end in a hash of what is in them.
    const parts = names.filter((name) => /^dist\/extension\/[A-Za-z]+-[A-Z0-9]{8}\.js$/.test(name));
    expect(parts.length).toBeGreaterThan(10);
    expect(names).toEqual(
      [
        '[Content_Types].xml',
        'extension.vsixmanifest',
        'package.json',
        'readme.md',
        'changelog.md',
        'LICENSE.txt',
        'insights-comparison.schema.json',
        'dist/extension.js',
        ...parts,
        ...commandLineNames,
        ...media,
      ].sort(),
    );
  });

  test('has neither env files nor source maps, and is small', () => {
    expect(names.filter((name) => /(^|\/)\.|\.map$/.test(name))).toEqual([]);
    expect(archive.length).toBeLessThan(largestBytes);
  });

  test('carries the sample unchanged', () => {
    const template = 'dist/sample/env_configs/env.flask.with_insights';
    expect(textOf(template)).toBe(readFileSync(path.join(root, 'env_configs/.env.flask.with_insights'), 'utf8'));
  });

  test('has every picture that a page of the walkthrough shows', () => {
    const pages = names.filter((name) => /^media\/walkthrough\/.*\.md$/.test(name));
    const pictures = pages.map((page) => /!\[[^\]]+\]\(([^)]+)\)/.exec(textOf(page))?.[1]);
    expect(pages).toHaveLength(4);
    expect(pictures.filter((file) => !names.includes(`media/walkthrough/${file}`))).toEqual([]);
  });

  test('carries the licences of what is bundled', () => {
    const notices = textOf('dist/THIRD-PARTY-NOTICES.txt');
    const named = [...notices.matchAll(/^(\S+) \d+\.\d+\.\S+ \(.+\)$/gm)].map(([, name]) => name);
    expect(named).toEqual(
      expect.arrayContaining([
        'autocannon',
        'undici',
        'chart.js',
        'lit-html',
        'zod',
        'execa',
        'hdr-histogram-js',
        'pako',
      ]),
    );
    expect(notices).not.toContain('no licence stated');
  });

  test('names no place of this machine in what it brings along', () => {
    const named = entries.filter(({ read }) => read().includes(`${root}/`)).map(({ name }) => name);
    expect(named).toEqual([]);
  });

  test('loads of itself what activation needs, and the rest later', () => {
    const asked = (text: string): string[] =>
      [...text.matchAll(/require\("\.\/((?:extension\/)?[\w-]+\.js)"\)/g)].map(([, file]) => file ?? '');
    const later = /Promise\.resolve\(\)\.then\(\(\)=>[\w$]+\(require\("[^"]+"\)\)\)/g;
    const main = textOf('dist/extension.js');
    const atOnce = asked(main.replaceAll(later, ''));
    const bytes = [main, ...atOnce.map((file) => textOf(`dist/${file}`))].reduce((sum, text) => sum + text.length, 0);
    expect(asked(main).length).toBeGreaterThan(atOnce.length);
    expect(asked(main).filter((file) => !names.includes(`dist/${file}`))).toEqual([]);
    // With all of it, 650 kB.
    expect(bytes).toBeLessThan(100_000);
    // Each file more costs the editor about as much as all of the code: what is needed at once is in the one.
    expect(atOnce).toEqual([]);
  });

  test('refers to files that are in it', () => {
    const manifest = textOf('package.json');
    const files = [...manifest.matchAll(/"(?:\.\/)?((?:media|dist)\/[^"]+|insights-comparison\.schema\.json)"/g)];
    expect(files.length).toBeGreaterThan(3);
    expect(files.map(([, file]) => file).filter((file) => !names.includes(file ?? ''))).toEqual([]);
  });
});

describe('the npm package', () => {
  test('holds the command line, what it starts, and the sample, and nothing else', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ic-npm-'));
    try {
      const tarball = await packForNpm(root, folder);
      expect(statSync(tarball).size).toBeLessThan(largestBytes);
      // Installed without a network: it needs no other package.
      execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder, tarball], {
        stdio: 'pipe',
      });
      const installed = path.join(folder, 'node_modules', 'insights-comparison');
      expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
        'insights-comparison',
      ]);
      const files = readdirSync(installed, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)));
      expect(files.sort()).toEqual(
        [
          'CHANGELOG.md',
          'LICENSE',
          'README.md',
          'package.json',
          'insights-comparison.schema.json',
          ...commandLineNames,
        ].sort(),
      );
      const program = path.join(folder, 'node_modules', '.bin', 'insights-comparison');
      expect(execFileSync(program, ['--version'], { encoding: 'utf8' }).trim()).toBe('0.1.0');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("the package's README", () => {
  test('keeps links that lead somewhere, and only the text of those that do not', () => {
    expect(packageReadme('[a](https://a.example) [b](#b) [c](docs/c.md)')).toBe('[a](https://a.example) [b](#b) c');
    expect(packageReadme('x\n<picture>\n<img src="a.png">\n</picture>\n\ny\n![z](z.png)\n')).toBe('x\ny\n');
  });

  test('is refused when it would have a broken picture', () => {
    expect(() => packageReadme('<img src="a.png">')).toThrow('a.png');
  });
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${folder}/${entry.name}`);
}
