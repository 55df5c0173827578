import path from 'node:path';

export interface PathContext {
  /** What `${workspaceFolder}` stands for, and what relative paths start from. */
  readonly workspaceFolder: string;
  /** What `~` stands for. */
  readonly home: string;
}

/** The absolute path that a setting names: `${workspaceFolder}` and a leading `~` are filled in. */
export function expandPath(written: string, context: PathContext): string {
  return path.resolve(context.workspaceFolder, filled(written, context));
}

/** As `expandPath`, but a word without any separator stays: the name of a program that is looked for on PATH. */
export function expandProgram(written: string, context: PathContext): string {
  return /[\\/]/.test(written) || written.startsWith('~') ? expandPath(written, context) : written;
}

function filled(written: string, { workspaceFolder, home }: PathContext): string {
  const inFolder = written.replaceAll('${workspaceFolder}', () => workspaceFolder);
  return inFolder.replace(/^~(?=$|[\\/])/, () => home);
}
