import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One file of the sample project: its name inside of the extension's package, its real name (both with `/`), and its mode. */
export interface SampleFile {
  readonly template: string;
  readonly path: string;
  readonly mode: number;
}

/**
 * What `scripts/samplePackage.mjs` wrote into `sampleFolder` (`dist/sample`). No package may hold files called `.env*`, so they
 * have other names there. Throws where the package is broken: that is a bug of ours.
 */
export async function readSampleManifest(sampleFolder: string): Promise<readonly SampleFile[]> {
  const file = path.join(sampleFolder, 'sample.json');
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  const files: unknown = property(value, 'files');
  if (!Array.isArray(files) || files.length === 0) throw new Error(`${file} names no files`);
  return files.map((entry: unknown) => {
    const [template, real, mode] = [property(entry, 'template'), property(entry, 'path'), property(entry, 'mode')];
    if (!isInside(template) || !isInside(real) || typeof mode !== 'string' || !/^0[0-7]{3}$/.test(mode)) {
      throw new Error(`${file} has an entry that cannot be used: ${JSON.stringify(entry)}`);
    }
    return { template, path: real, mode: parseInt(mode, 8) };
  });
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A relative path that does not leave its folder. */
function isInside(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    !path.isAbsolute(value) &&
    !value.includes('\\') &&
    !value.split('/').includes('..')
  );
}
