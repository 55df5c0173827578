import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The first of these programs that can be run: names are looked up on the PATH, absolute paths are taken as they are.
 * @param {readonly string[]} programs
 * @param {string} searchPath value of the variable PATH
 * @returns {string | undefined} its path
 */
export function findProgram(programs, searchPath) {
  const folders = searchPath.split(delimiter).filter((folder) => folder !== '');
  return programs
    .flatMap((program) => (isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program))))
    .find(isProgram);
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
