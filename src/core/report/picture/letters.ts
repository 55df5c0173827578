import font from './glyphs.json';
import type { Corner, Polygon } from './raster';

/** Characters that the font lacks. */
const unknown = '□';
/** Pieces of a curve: letters are small. */
const curvePieces = 4;

type Glyph = readonly [advance: number, outline: readonly Polygon[]];

const known = new Map<string, Glyph>();

/** How wide a line of text is, at a font size, in the same unit. */
export function textWidth(text: string, size: number): number {
  return Array.from(text).reduce((sum, character) => sum + glyphOf(character)[0], 0) * (size / font.unitsPerEm);
}

/** The outlines of a line of text that begins at `x` and stands on `baseline`. */
export function textShape(
  text: string,
  at: { readonly x: number; readonly baseline: number },
  size: number,
): readonly Polygon[] {
  const scale = size / font.unitsPerEm;
  const shapes: Polygon[] = [];
  let pen = at.x;
  for (const character of text) {
    const [advance, outline] = glyphOf(character);
    for (const polygon of outline)
      shapes.push(polygon.map(([x, y]): Corner => [pen + x * scale, at.baseline - y * scale]));
    pen += advance * scale;
  }
  return shapes;
}

/** Above the baseline, the height of a capital: what text is centred by. */
export const capitalShare = 0.73;

function glyphOf(character: string): Glyph {
  const found = known.get(character);
  if (found) return found;
  const [advance, outline] = rawGlyph(character);
  const glyph: Glyph = [advance, polygonsOf(outline)];
  known.set(character, glyph);
  return glyph;
}

function rawGlyph(character: string): readonly [number, string] {
  const glyphs: Readonly<Record<string, readonly (number | string)[]>> = font.glyphs;
  const [advance, outline] = (Object.hasOwn(glyphs, character) ? glyphs[character] : glyphs[unknown]) ?? [];
  return [typeof advance === 'number' ? advance : 0, typeof outline === 'string' ? outline : ''];
}

/** An outline of straight lines and of curves of the second order, as the font has it, as polygons. */
function polygonsOf(outline: string): readonly Polygon[] {
  const polygons: Corner[][] = [];
  let pen: Corner = [0, 0];
  for (const [, command, numbers = ''] of outline.matchAll(/([MLQ])([^MLQ]*)/g)) {
    const [x1 = 0, y1 = 0, x = x1, y = y1] = numbers.split(' ').map(Number);
    if (command === 'M') polygons.push([]);
    const current = polygons.at(-1);
    if (current === undefined) continue;
    if (command === 'Q') current.push(...curve(pen, [x1, y1], [x, y]));
    else current.push([x, y]);
    pen = [x, y];
  }
  return polygons;
}

function curve(from: Corner, control: Corner, to: Corner): readonly Corner[] {
  return Array.from({ length: curvePieces }, (_, index): Corner => {
    const t = (index + 1) / curvePieces;
    const at = (axis: 0 | 1): number => (1 - t) ** 2 * from[axis] + 2 * (1 - t) * t * control[axis] + t ** 2 * to[axis];
    return [at(0), at(1)];
  });
}
