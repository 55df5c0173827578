// The outlines that pictures of charts are lettered with, from a TrueType font: node scripts/pictureFont.mjs FONT.ttf
// Run by hand when the letters are to be others; what it writes is part of the repository, so that pictures need no font of the machine.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import opentype from 'opentype.js';

const output = fileURLToPath(new URL('../src/core/report/picture/glyphs.json', import.meta.url));

/** Printable ASCII, Latin-1, and the signs that our own texts use; `□` stands for every other character. */
const characters = [
  ...range(0x20, 0x7e),
  ...range(0xa0, 0xff),
  ...'–—−‘’“”•…→←↑↓≈≤≥×·√Δµ□▲✕'.split('').map((character) => character.codePointAt(0) ?? 0),
];

/**
 * @param {number} first
 * @param {number} last
 */
function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: node scripts/pictureFont.mjs FONT.ttf');
  process.exit(2);
}
const bytes = await readFile(file);
const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
/** @type {Record<string, [number, string]>} */
const glyphs = {};
for (const code of new Set(characters)) {
  const character = String.fromCodePoint(code);
  if (font.charToGlyphIndex(character) === 0) continue;
  const glyph = font.charToGlyph(character);
  glyphs[character] = [Math.round(glyph.advanceWidth ?? 0), outline(glyph)];
}
await writeFile(
  output,
  `${JSON.stringify({ unitsPerEm: font.unitsPerEm, ascender: font.ascender, descender: font.descender, glyphs }, null, 0)}\n`,
);
console.log(`${Object.keys(glyphs).length} glyphs → ${output}`);

/**
 * Commands of a glyph in font units, y upwards: `M x y`, `L x y`, `Q x1 y1 x y`, without spaces where the sign parts them.
 * @param {opentype.Glyph} glyph
 */
function outline(glyph) {
  const scale = font.unitsPerEm;
  return glyph
    .getPath(0, 0, scale)
    .commands.map((command) => {
      switch (command.type) {
        case 'M':
        case 'L':
          return `${command.type}${Math.round(command.x)} ${Math.round(-command.y)}`;
        case 'Q':
          return `Q${[command.x1, -command.y1, command.x, -command.y].map(Math.round).join(' ')}`;
        case 'C':
          throw new Error('Curves of the third order are not drawn: take a TrueType font.');
        default:
          return '';
      }
    })
    .join('');
}
