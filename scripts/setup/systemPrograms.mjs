import { existsSync } from 'node:fs';
import { findProgram } from './findProgram.mjs';
import { commandFailure } from './runCommand.mjs';
import { SetupError } from './setupError.mjs';

/**
 * @typedef {object} SystemProgram
 * @property {string} name
 * @property {string} neededFor
 * @property {string} variable names a program to use; the job gets the one that was found in it
 * @property {readonly string[]} programs names, or absolute paths, that it may have
 * @property {readonly string[]} debianPackages
 */

/**
 * What the tests use and no package registry of Node or Python has. A new one is a new row.
 * @type {readonly SystemProgram[]}
 */
export const testPrograms = [
  {
    name: 'Chromium',
    neededFor: 'the browser tests',
    variable: 'INSIGHTS_COMPARISON_CHROMIUM',
    programs: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    // A page without any font renders no text.
    debianPackages: ['chromium', 'fonts-liberation'],
  },
  {
    name: 'MariaDB',
    neededFor: 'the tests on a real database',
    variable: 'INSIGHTS_COMPARISON_TEST_MARIADB',
    programs: ['mariadbd', '/opt/homebrew/opt/mariadb/bin/mariadbd'],
    // The programs alone: the package mariadb-server would start a server for the whole machine.
    debianPackages: ['mariadb-server-core', 'mariadb-client-core'],
  },
  {
    name: 'Redis',
    neededFor: 'the tests on a real broker',
    variable: 'INSIGHTS_COMPARISON_TEST_REDIS',
    programs: ['redis-server', '/opt/homebrew/bin/redis-server'],
    debianPackages: ['redis-server'],
  },
];

/**
 * What the benches measure ours against, and nothing that the tests need.
 * @type {readonly SystemProgram[]}
 */
export const benchPrograms = [
  {
    name: 'wrk',
    neededFor: 'the bench of the load generator',
    variable: 'INSIGHTS_COMPARISON_WRK',
    programs: ['wrk'],
    debianPackages: ['wrk'],
  },
];

/**
 * A program of the system. Where it can neither be found nor installed the set-up says so and goes on:
 * what needs it will fail, which is better than nothing at all.
 * @param {SystemProgram} program
 * @param {{ env: NodeJS.ProcessEnv, debian: import('./debian.mjs').Debian, say: (sentence: string) => void }} options
 * @returns {import('./main.mjs').Step & { readonly variables: () => Readonly<Record<string, string>> }}
 */
export function systemProgram(program, { env, debian, say }) {
  const named = env[program.variable] || undefined;
  const find = () => named ?? findProgram(program.programs, env['PATH'] ?? '');
  if (named !== undefined && !existsSync(named)) {
    throw new SetupError(
      `${program.variable}=${named} does not exist. Give it the path of ${program.name}, or unset it.`,
    );
  }
  return {
    isDone: () => find() !== undefined,
    run: async () => {
      if (!debian.canInstall) {
        say(missingSentence(program, debian));
        return;
      }
      say(`installing ${program.debianPackages.join(', ')} (apt-get)`);
      const result = await debian.install(program.debianPackages);
      if (result.code === 0) return;
      const failure = commandFailure(`Installing ${program.name}`, 'apt-get', result);
      say(
        [failure.message, ...failure.excerpt.map((line) => `  ${line}`), missingSentence(program, debian)].join('\n'),
      );
    },
    variables: () => {
      const path = find();
      return path === undefined ? {} : { [program.variable]: path };
    },
  };
}

/**
 * @param {SystemProgram} program
 * @param {import('./debian.mjs').Debian} debian
 */
export function missingSentence(program, debian) {
  const fix = debian.isDebian
    ? `run: sudo apt-get install ${program.debianPackages.join(' ')}`
    : `install it, or give its path in ${program.variable}`;
  return `${program.name} was not found, so ${program.neededFor} will fail; ${fix}`;
}
