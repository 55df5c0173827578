// Makes the README's pictures of the result page, the closing table and the live panel from a real run:
//   node dist/cli.js demo --events > EVENTS && node scripts/setup.mjs test -- scripts/pictures.mjs RUN_FOLDER EVENTS [OUTPUT_FOLDER]
import path from 'node:path';
import { importBundled } from './importBundled.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [runFolder, eventsFile, folder = path.join(root, 'docs', 'images')] = process.argv
  .slice(2)
  .map((word) => path.resolve(word));
if (runFolder === undefined) {
  console.error('Usage: node scripts/setup.mjs test -- scripts/pictures.mjs RUN_FOLDER [EVENTS] [OUTPUT_FOLDER]');
  process.exitCode = 2;
} else {
  const { takeReadmePictures } = await importBundled({
    root,
    entry: 'test/pictures/readmePictures.ts',
    name: 'readmePictures',
  });
  await takeReadmePictures({
    root,
    runFolder,
    eventsFile: eventsFile ?? null,
    folder,
    say: (/** @type {string} */ line) => console.log(line),
  });
}
