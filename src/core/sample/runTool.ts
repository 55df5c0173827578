import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const mostBytes = 16 * 1024 * 1024;
const limitMs = 10_000;

/** Runs a tool of the platform and resolves with what it prints. */
export type RunTool = (file: string, words: readonly string[]) => Promise<string>;

/** In the C locale: elsewhere `ps` may print decimal commas. Rejects on another exit status than 0, and after 10 s. */
export const runTool: RunTool = async (file, words) => {
  const { stdout } = await execute(file, [...words], {
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: mostBytes,
    timeout: limitMs,
    windowsHide: true,
  });
  return stdout;
};
