// A record's page to be looked at: every tab in the four themes, wide and at 320 pixels; with --questions the five questions, each
// answered in two clicks or fewer: node scripts/tabPictures.mjs RUN_FOLDER OUTPUT_FOLDER [--questions] (needs Chromium: `npm test`
// installs it).
import path from 'node:path';
import { importBundled } from './importBundled.mjs';

const words = process.argv.slice(2).filter((word) => word !== '--questions');
const [runFolder, output] = words.map((word) => path.resolve(word));
if (runFolder === undefined || output === undefined) {
  console.error('Usage: node scripts/tabPictures.mjs RUN_FOLDER OUTPUT_FOLDER [--questions]');
  process.exit(2);
}
const root = path.resolve(import.meta.dirname, '..');
const name = process.argv.includes('--questions') ? 'questionPictures' : 'tabPictures';
const { takePictures } = await importBundled({ root, entry: `test/panelPage/${name}.ts`, name });
const files = await takePictures({
  root,
  recordPath: path.join(runFolder, 'comparison.insights.json'),
  folder: output,
});
console.log(`${files.length} pictures in ${output}`);
