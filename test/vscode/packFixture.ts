import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const vsce = path.resolve('node_modules/@vscode/vsce/vsce');

/** Packages the extension in test/fixtures/NAME; resolves with the path of the VSIX in `folder`. */
export async function packFixture(name: string, folder: string): Promise<string> {
  const file = path.join(folder, `${name}.vsix`);
  const words = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', file];
  await promisify(execFile)(process.execPath, [vsce, ...words], { cwd: path.resolve('test/fixtures', name) });
  return file;
}
