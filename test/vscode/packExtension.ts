import path from 'node:path';
import { execa } from 'execa';

/** Packages the extension as users get it, from the bundles in dist/; resolves with the path of the VSIX in `folder`. */
export async function packExtension(folder: string): Promise<string> {
  const vsix = path.join(folder, 'extension.vsix');
  await execa(process.execPath, ['scripts/package.mjs', '--no-build', '--out', vsix]);
  return vsix;
}
