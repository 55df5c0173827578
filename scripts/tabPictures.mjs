// Every tab of a record in the four themes, wide and at 320 pixels, to be looked at:
// node scripts/tabPictures.mjs RUN_FOLDER OUTPUT_FOLDER (needs Chromium: `npm test` installs it).
import path from 'node:path';
import { importBundled } from './importBundled.mjs';

const [runFolder, output] = process.argv.slice(2).map((word) => path.resolve(word));
if (runFolder === undefined || output === undefined) {
  console.error('Usage: node scripts/tabPictures.mjs RUN_FOLDER OUTPUT_FOLDER');
  process.exit(2);
}
const root = path.resolve(import.meta.dirname, '..');
const { takeTabPictures } = await importBundled({
  root,
  entry: 'test/panelPage/tabPictures.ts',
  name: 'tabPictures',
});
const files = await takeTabPictures({
  root,
  recordPath: path.join(runFolder, 'comparison.insights.json'),
  folder: output,
});
console.log(`${files.length} pictures in ${output}`);
