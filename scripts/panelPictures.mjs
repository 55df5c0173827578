// Makes the README's pictures of the live panel beside the code, and more to look at, from a real run in the real VS Code:
// node scripts/setup.mjs test -- scripts/panelPictures.mjs [FOLDER]. About ten minutes; let nothing else run beside it.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { importBundled } from './importBundled.mjs';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.resolve(process.argv[2] ?? mkdtempSync(path.join(os.tmpdir(), 'panel-pictures-')));
process.chdir(root);
const { takePictures } = await importBundled({
  root,
  entry: 'test/vscode/pictures/takePictures.ts',
  name: 'panelPictures',
});
await takePictures({
  root,
  folder,
  readmeFolder: path.join(root, 'docs', 'images'),
  say: (/** @type {string} */ line) => console.log(line),
});
