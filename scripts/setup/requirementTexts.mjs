import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A pip requirements file and, in order, every file that it names with `-r` or `-c`.
 * @param {string} file
 * @returns {readonly string[]}
 */
export function requirementTexts(file) {
  const text = readFileSync(file, 'utf8');
  const included = [...text.matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[\s=]+(\S+)/gm)].map(
    ([, path]) => path ?? '',
  );
  return [text, ...included.flatMap((path) => requirementTexts(join(dirname(file), path)))];
}
