import { spawnSync } from 'node:child_process';

/**
 * Runs a program to its end. Throws when it fails, with what it wrote to its standard error.
 * @param {string} program @param {readonly string[]} words @param {string} cwd
 */
export function mustRun(program, words, cwd) {
  const result = spawnSync(program, words, { cwd, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${[program, ...words].join(' ')}: ${result.stderr}`);
}
