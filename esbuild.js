// Bundles every process of the product into dist/. Usage: node esbuild.js [NAME…] [--watch]
const path = require('node:path');
const esbuild = require('esbuild');

// 'module' first: jsonc-parser's UMD build hides its requires from bundlers.
const node = { platform: 'node', target: 'node20.18', format: 'cjs', mainFields: ['module', 'main'] };
const browser = { platform: 'browser', target: 'es2022', format: 'iife' };

const bundles = {
  cli: {
    ...node,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
  generator: { ...node, entryPoints: ['src/core/load/generatorMain.ts'], outfile: 'dist/generator.js' },
  collector: { ...node, entryPoints: ['src/core/collector/collectorMain.ts'], outfile: 'dist/collector.js' },
  guard: { ...node, entryPoints: ['src/core/target/guardMain.ts'], outfile: 'dist/guard.js' },
  extension: {
    ...node,
    // What is not needed to activate it is loaded when it is first used: dist/extension/*.js.
    format: 'esm',
    splitting: true,
    write: false,
    entryPoints: { extension: 'src/extension/activate.ts' },
    outdir: 'dist',
    external: ['vscode'],
  },
  page: { ...browser, entryPoints: ['webview/page.ts'], outfile: 'dist/webview/page.js' },
};

async function main() {
  const words = process.argv.slice(2);
  const names = words.filter((word) => !word.startsWith('--'));
  const chosen = Object.entries(bundles).filter(([name]) => names.length === 0 || names.includes(name));
  const { commonJsChunks } = await import('./scripts/commonJsChunks.mjs');
  const { withoutForms, withoutWebAssembly } = await import('./scripts/leanPackages.mjs');
  const common = {
    bundle: true,
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  };
  const builds = chosen.map(([name, options]) => ({
    ...common,
    ...options,
    plugins: [
      name === 'generator' ? withoutForms : withoutWebAssembly,
      ...(name === 'extension' ? [commonJsChunks] : []),
    ],
  }));
  if (words.includes('--watch')) {
    const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  const results = await Promise.all(builds.map((options) => esbuild.build({ ...options, metafile: true })));
  if (names.length === 0) await writeCompanions(results.map(({ metafile }) => metafile));
}

/** What the packages hold beside the bundles: the sample project and the licences of what was bundled. */
async function writeCompanions(metafiles) {
  const { writeSamplePackage } = await import('./scripts/samplePackage.mjs');
  const { writeThirdPartyNotices } = await import('./scripts/thirdPartyNotices.mjs');
  const dist = path.join(__dirname, 'dist');
  await writeSamplePackage({ root: __dirname, outputFolder: path.join(dist, 'sample') });
  await writeThirdPartyNotices({ root: __dirname, metafiles, file: path.join(dist, 'THIRD-PARTY-NOTICES.txt') });
}

main().catch((error) => {
  // esbuild has printed its own errors.
  if (!Array.isArray(error.errors)) console.error(error);
  process.exitCode = 1;
});
