import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** @typedef {import('esbuild').Metafile} Metafile */
/** @typedef {{ readonly name: string, readonly version: string, readonly licence: string, readonly author: string, readonly text: string }} Notice */

const heading = `Insights comparison contains the packages below, each under the licence that follows it, with the copyright notices as
they were found in it. Packages that share one text stand together; the texts of MIT and Apache 2.0 stand once, at the end.`;

/** The two texts that most licence files consist of, without the lines that differ. */
const commonTexts = [
  {
    title: 'MIT License',
    pattern: /Permission is hereby granted, free of charge,[^]*?(?:OTHER )?DEALINGS\s+IN\s+THE\s+SOFTWARE\./i,
  },
  {
    title: 'Apache License 2.0',
    pattern: /[ \t]*Apache License\s+Version 2\.0, January 2004[^]*?END OF TERMS AND CONDITIONS/,
  },
];

const ruler = '-'.repeat(80);

/** Licence files and the notices that Apache's licence asks to be passed on. */
const licenceFile = /^(?:licen[cs]e|copying|notice|copyrightnotice)(?:[.-][\w.-]+)?$/i;

/**
 * Writes the licences of every package that any of the bundles has code of: MIT, BSD, ISC and Apache 2.0 let us ship them if
 * their notices come along. A package without a licence file is named with its licence and author.
 * @param {{ root: string, metafiles: readonly Metafile[], file: string }} options `file`: `dist/THIRD-PARTY-NOTICES.txt`
 * @returns {Promise<readonly string[]>} the packages' names
 */
export async function writeThirdPartyNotices({ root, metafiles, file }) {
  const notices = await Promise.all(packageFoldersOf(metafiles).map((folder) => noticeOf(join(root, folder))));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, noticesText([...notices, ...(hasLetters(metafiles) ? [await lettersNotice(root)] : [])]));
  return notices.map(({ name }) => name);
}

const lettersFolder = 'src/core/report/picture';

/** @param {readonly Metafile[]} metafiles */
function hasLetters(metafiles) {
  return metafiles.some(({ inputs }) => `${lettersFolder}/glyphs.json` in inputs);
}

/**
 * The outlines that pictures are lettered with are no package.
 * @param {string} root
 * @returns {Promise<Notice>}
 */
async function lettersNotice(root) {
  const text = (await readFile(join(root, lettersFolder, 'glyphs.LICENSE.txt'), 'utf8')).trim();
  return { name: 'DejaVu Sans', version: '2.37', licence: 'Bitstream Vera', author: 'the authors of DejaVu', text };
}

/**
 * Folders, from the root, of the packages that left code in an output.
 * @param {readonly Metafile[]} metafiles
 * @returns {readonly string[]}
 */
export function packageFoldersOf(metafiles) {
  const folders = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([input]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)].sort();
}

/** @param {readonly Notice[]} notices */
export function noticesText(notices) {
  const { texts, common } = shareCommonTexts(notices.map(({ text }) => text));
  /** @type {Map<string, { names: string[], text: string }>} */
  const byText = new Map();
  for (const [index, { name, version, licence, author }] of notices.entries()) {
    const text = texts[index] || `No licence file. Licence: ${licence}. Author: ${author}.`;
    const key = oneSpaced(text);
    const group = byText.get(key) ?? { names: [], text };
    group.names.push(`${name} ${version} (${licence})`);
    byText.set(key, group);
  }
  const parts = [...byText.values()].map(({ names, text }) => `${names.join('\n')}\n\n${text}`);
  return `${[heading, ...parts, ...common].join(`\n\n${ruler}\n`)}\n`;
}

/**
 * Puts a reference in place of each common text that reads as the first one found does; a variant of it stays as it is.
 * @param {readonly string[]} texts
 */
function shareCommonTexts(texts) {
  /** @type {string[]} */
  const common = [];
  let shared = [...texts];
  for (const { title, pattern } of commonTexts) {
    const first = shared.map((text) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
    if (first === undefined) continue;
    common.push(`${title}\n\n${first}`);
    const wanted = oneSpaced(first);
    shared = shared.map((text) =>
      text.replace(pattern, (found) => (oneSpaced(found) === wanted ? `[${title}: see the end of this file]` : found)),
    );
  }
  return { texts: shared, common };
}

/** @param {string} text */
function oneSpaced(text) {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * @param {string} folder of a package
 * @returns {Promise<Notice>}
 */
async function noticeOf(folder) {
  /** @type {{ name?: string, version?: string, license?: string, author?: string | { name?: string } }} */
  const manifest = JSON.parse(await readFile(manifestOf(folder), 'utf8'));
  const { name = '', version = '', license: licence = 'no licence stated', author } = manifest;
  const files = (await readdir(folder)).filter((file) => licenceFile.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return {
    name,
    version,
    licence,
    author: (typeof author === 'string' ? author : author?.name) ?? 'the authors of the package',
    text: texts.map((text) => text.replace(/\r\n/g, '\n').trim()).join('\n\n'),
  };
}

/** @param {string} folder */
function manifestOf(folder) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) throw new Error(`A bundle has code from ${folder}, which is no package.`);
  return file;
}
