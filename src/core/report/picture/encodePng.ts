import { deflateSync } from 'node:zlib';
import { pngChunk, pngSignature } from './pngChunk';

const inchesPerMeter = 39.3701;

/**
 * A PNG file (ISO/IEC 15948) of 8-bit colours without transparency: `pixels` are RGBA, row by row. `scale` is how many of its pixels are one on the
 * page: it is written as the resolution, so that a document shows the picture in its own size.
 */
export function encodePng(
  { width, height, pixels }: { readonly width: number; readonly height: number; readonly pixels: Uint8Array },
  scale: number,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits, true colour; deflate, adaptive filters, not interlaced.
  header.set([8, 2, 0, 0, 0], 8);
  const physical = Buffer.alloc(9);
  const perMeter = Math.round(96 * scale * inchesPerMeter);
  physical.writeUInt32BE(perMeter, 0);
  physical.writeUInt32BE(perMeter, 4);
  physical[8] = 1;
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', header),
    pngChunk('pHYs', physical),
    pngChunk('IDAT', deflateSync(filteredRows(width, height, pixels))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each row behind its filter's number; *Up* (2) makes the many rows that are alike into zeros. */
function filteredRows(width: number, height: number, pixels: Uint8Array): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    rows[to] = 2;
    to += 1;
    let from = y * width * 4;
    // The row above the first is black.
    let above = from - width * 4;
    for (let x = 0; x < width; x += 1) {
      rows[to] = (pixels[from] ?? 0) - (pixels[above] ?? 0);
      rows[to + 1] = (pixels[from + 1] ?? 0) - (pixels[above + 1] ?? 0);
      rows[to + 2] = (pixels[from + 2] ?? 0) - (pixels[above + 2] ?? 0);
      to += 3;
      from += 4;
      above += 4;
    }
  }
  return rows;
}
