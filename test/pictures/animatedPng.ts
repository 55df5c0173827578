import { pngChunk, pngSignature } from '../../src/core/report/picture/pngChunk';

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

/**
 * PNG files of one size and kind as one that moves (APNG, PNG specification 3rd edition, §11.3.5), shown for `seconds` each, over and over. The pictures'
 * own compressed data are taken as they are.
 */
export function animatedPng(pictures: readonly Buffer[], seconds: number): Buffer {
  const [first, ...others] = pictures.map(chunksOf);
  const header = first?.find(({ type }) => type === 'IHDR');
  if (first === undefined || header === undefined) throw new Error('There is no picture.');
  let sequence = 0;
  const control = (): Buffer => {
    const data = Buffer.alloc(26);
    data.writeUInt32BE(sequence, 0);
    header.data.copy(data, 4, 0, 8);
    data.writeUInt16BE(Math.round(seconds * 1000), 20);
    data.writeUInt16BE(1000, 22);
    sequence += 1;
    return pngChunk('fcTL', data);
  };
  const animation = Buffer.alloc(8);
  animation.writeUInt32BE(pictures.length, 0);
  const moved = ({ data }: Chunk): Buffer => {
    const numbered = Buffer.alloc(4 + data.length);
    numbered.writeUInt32BE(sequence, 0);
    data.copy(numbered, 4);
    sequence += 1;
    return pngChunk('fdAT', numbered);
  };
  const pixels = (chunks: readonly Chunk[]): readonly Chunk[] => chunks.filter(({ type }) => type === 'IDAT');
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', header.data),
    pngChunk('acTL', animation),
    control(),
    ...pixels(first).map(({ data }) => pngChunk('IDAT', data)),
    ...others.flatMap((chunks) => {
      if (!chunks.find(({ type }) => type === 'IHDR')?.data.equals(header.data))
        throw new Error('The pictures are not of one size and kind.');
      return [control(), ...pixels(chunks).map(moved)];
    }),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunksOf(png: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}
