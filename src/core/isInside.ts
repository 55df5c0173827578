import path from 'node:path';

/** Whether a path lies below a folder, however it is written; the folder itself does not. A name that only begins with two dots does. */
export function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
