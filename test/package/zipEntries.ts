import { inflateRawSync } from 'node:zlib';

/** One file of a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  readonly read: () => Buffer;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/** The files of a ZIP archive (PKWARE's APPNOTE 6.3, 4.3): plain archives as vsce makes them, without ZIP64 and encryption. */
export function zipEntries(archive: Buffer): readonly ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || archive.readUInt32LE(end) !== endSignature) throw new Error('This is no ZIP archive');
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== entrySignature) throw new Error(`No entry at ${at}`);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const header = {
      method: archive.readUInt16LE(at + 10),
      packedBytes: archive.readUInt32LE(at + 20),
      localAt: archive.readUInt32LE(at + 42),
    };
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength!),
      bytes: archive.readUInt32LE(at + 24),
      read: () => unpack(archive, header),
    });
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return entries;
}

function unpack(archive: Buffer, header: { method: number; packedBytes: number; localAt: number }): Buffer {
  const { method, packedBytes, localAt } = header;
  const start = localAt + 30 + archive.readUInt16LE(localAt + 26) + archive.readUInt16LE(localAt + 28);
  const packed = archive.subarray(start, start + packedBytes);
  return method === 0 ? packed : inflateRawSync(packed);
}
