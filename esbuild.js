// Bundles every process of the product into dist/. Usage: node esbuild.js [NAME…] [--watch]
const esbuild = require('esbuild');

// 'module' first: jsonc-parser's UMD build hides its requires from bundlers.
const node = { platform: 'node', target: 'node20.18', format: 'cjs', mainFields: ['module', 'main'] };
const browser = { platform: 'browser', target: 'es2022', format: 'iife' };

const bundles = {
  cli: { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  generator: { ...node, entryPoints: ['src/core/load/generatorMain.ts'], outfile: 'dist/generator.js' },
  collector: { ...node, entryPoints: ['src/core/collector/collectorMain.ts'], outfile: 'dist/collector.js' },
  guard: { ...node, entryPoints: ['src/core/target/guardMain.ts'], outfile: 'dist/guard.js' },
  report: { ...browser, entryPoints: ['webview/report.ts'], outfile: 'dist/webview/report.js' },
};

async function main() {
  const words = process.argv.slice(2);
  const names = words.filter((word) => !word.startsWith('--'));
  const chosen = Object.entries(bundles).filter(([name]) => names.length === 0 || names.includes(name));
  const common = {
    bundle: true,
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  };
  if (words.includes('--watch')) {
    const contexts = await Promise.all(chosen.map(([, options]) => esbuild.context({ ...common, ...options })));
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  await Promise.all(chosen.map(([, options]) => esbuild.build({ ...common, ...options })));
}

main().catch(() => {
  process.exitCode = 1;
});
