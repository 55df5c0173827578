import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve } from 'node:path';
import { transform } from 'esbuild';
import { inlineChunks } from './inlineChunks.mjs';

/** Where everything but the entry points lies, below the output folder; emptied before each build. */
export const chunkFolder = 'extension';

/**
 * esbuild splits code that is loaded later (`await import(…)`) into files of its own for ES modules only, and the oldest VS Code that
 * we support loads its extensions as CommonJS. So ES modules are made, and each of them is rewritten on its way to the disk.
 * For builds with `format: 'esm'`, `splitting: true`, `write: false`, `outdir`.
 * @type {import('esbuild').Plugin}
 */
export const commonJsChunks = {
  name: 'commonjs-chunks',
  setup(build) {
    // Follows each file's sources through the rewriting.
    Object.assign(build.initialOptions, { sourcemap: 'inline', chunkNames: `${chunkFolder}/[name]-[hash]` });
    build.onEnd(async ({ outputFiles = [] }) => {
      const folder = resolve(build.initialOptions.outdir ?? '.');
      await rm(resolve(folder, chunkFolder), { recursive: true, force: true });
      const files = await Promise.all(
        outputFiles.map(async ({ path, text }) => ({ path, ...(await toCommonJs(text, relative(folder, path))) })),
      );
      const entry = files.find(({ path }) => dirname(path) === folder);
      const others = files.filter((file) => file !== entry);
      for (const { path, code, map } of entry ? inlineChunks(entry, others) : files) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, `${code}//# sourceMappingURL=${basename(path)}.map\n`);
        await writeFile(`${path}.map`, map);
      }
    });
  },
};

/**
 * `import * as vscode` of every file would be a copy of its three hundred names, a getter each: half of the time that loading takes.
 * Its object itself does as well. As long as what it replaces, so that the source map stays right.
 */
const editorImport = /\bimport\s*\*\s*as ([\w$]+) from\s*"vscode"/g;

/**
 * @param {string} text
 * @param {string} sourcefile
 */
function toCommonJs(text, sourcefile) {
  const withEditor = text.replaceAll(editorImport, (found, /** @type {string} */ name) =>
    `var ${name}=require("vscode")`.padEnd(found.length),
  );
  return transform(withEditor, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.18',
    // `import()` becomes a `require` in a promise: VS Code hands out its `vscode` module to those alone.
    supported: { 'dynamic-import': false },
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    sourcefile,
  });
}
