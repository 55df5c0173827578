import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, hashTexts } from './contentHash.mjs';
import { mustRun } from './runCommand.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const sources = [
  'src',
  'webview',
  'samples',
  'media',
  'env_configs',
  'insights-comparison.jsonc',
  'scripts/samplePackage.mjs',
  'scripts/commonJsChunks.mjs',
  'scripts/inlineChunks.mjs',
  'scripts/leanPackages.mjs',
  'scripts/thirdPartyNotices.mjs',
  'esbuild.js',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.webview.json',
];

/**
 * dist/ as `node esbuild.js` makes it from the sources as they are.
 * @param {{ root: string, say: (sentence: string) => void }} options
 * @returns {import('./main.mjs').Step}
 */
export function bundles({ root, say }) {
  const stamp = join(root, 'node_modules', '.insights-comparison-setup', 'bundles');
  const dist = join(root, 'dist');
  const inputs = hashTexts([hashFiles(root, sources), process.version]);
  return {
    isDone: () => {
      const [builtFrom, ...files] = (readStamp(stamp) ?? '').split('\n');
      return builtFrom === inputs && files.every((file) => existsSync(join(dist, file)));
    },
    run: async () => {
      say('building dist/');
      await mustRun('Building dist/', process.execPath, ['esbuild.js'], { cwd: root, writesTo: root });
      writeStamp(stamp, [inputs, ...filesIn(dist)].join('\n'));
    },
  };
}

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}
