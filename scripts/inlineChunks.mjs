import { basename, dirname } from 'node:path';

/**
 * One file of the extension as CommonJS, with its source map.
 * @typedef {{ readonly path: string, readonly code: string, readonly map: string }} CommonJsFile
 */

/** Another file of ours, required at once or later. */
const required = /\brequire\("\.\/(?:[\w-]+\/)?([\w-]+)\.js"\)/g;

/**
 * Puts the chunks that the entry needs at once into the entry itself: each file more costs the editor about as much as loading all of
 * their code. What is loaded later finds them there: the chunk's own file hands the entry's copy on, so that there is one of each.
 * @param {CommonJsFile} entry
 * @param {readonly CommonJsFile[]} files
 * @returns {readonly CommonJsFile[]} all files, the entry included
 */
export function inlineChunks(entry, files) {
  const folder = basename(dirname(files[0]?.path ?? ''));
  const chunks = chunksOf(entry, new Map(files.map((file) => [nameOf(file), file])));
  const toHere = (/** @type {string} */ code) =>
    code.replaceAll(required, (_found, /** @type {string} */ name) =>
      chunks.has(name) ? `part("${name}")` : `require("./${folder}/${name}.js")`,
    );
  const parts = [
    { code: 'var parts={},code={', map: null },
    ...[...chunks].flatMap(([name, { code, map }]) => [
      { code: `${JSON.stringify(name)}(module,exports){`, map: null },
      { code: toHere(code).trimEnd(), map },
      { code: '},', map: null },
    ]),
    {
      code: '};function part(name){var known=parts[name];if(!known){known=parts[name]={exports:{}};code[name](known,known.exports)}return known.exports}',
      map: null,
    },
    { code: toHere(entry.code).trimEnd(), map: entry.map },
    { code: 'module.exports.part=part;\n', map: null },
  ];
  const handedOn = (/** @type {CommonJsFile} */ file) => ({
    path: file.path,
    code: `module.exports=require("../${basename(entry.path)}").part("${nameOf(file)}");\n`,
    map: emptyMap,
  });
  return [
    { path: entry.path, code: parts.map(({ code }) => code).join('\n'), map: indexedMap(parts) },
    ...files.map((file) => (chunks.has(nameOf(file)) ? handedOn(file) : file)),
  ];
}

const emptyMap = JSON.stringify({ version: 3, sources: [], names: [], mappings: '' });

/**
 * The chunks that a file requires, and those that they require, in the order of their first mention.
 * @param {CommonJsFile} file
 * @param {ReadonlyMap<string, CommonJsFile>} byName
 * @param {Map<string, CommonJsFile>} found
 */
function chunksOf(file, byName, found = new Map()) {
  for (const [, name = ''] of file.code.matchAll(required)) {
    // esbuild names what several files share `chunk-HASH`, and what is loaded later by its source.
    const chunk = name.startsWith('chunk-') ? byName.get(name) : undefined;
    if (!chunk || found.has(name)) continue;
    found.set(name, chunk);
    chunksOf(chunk, byName, found);
  }
  return found;
}

/** @param {CommonJsFile} file */
function nameOf(file) {
  return basename(file.path, '.js');
}

/**
 * An index map (ECMA-426, section 5.3): each part's own map from the line where the part begins.
 * @param {readonly { readonly code: string, readonly map: string | null }[]} parts
 */
function indexedMap(parts) {
  let line = 0;
  const sections = [];
  for (const { code, map } of parts) {
    if (map !== null) sections.push({ offset: { line, column: 0 }, map: JSON.parse(map) });
    line += code.split('\n').length;
  }
  return JSON.stringify({ version: 3, sections });
}
