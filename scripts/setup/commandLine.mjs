import { SetupError } from './setupError.mjs';

/** @typedef {'demo' | 'test' | 'bench' | 'all'} Goal */
/** @typedef {{ readonly script: string, readonly args: readonly string[] }} Job */

/** @type {readonly Goal[]} */
const goals = ['demo', 'test', 'bench', 'all'];

/**
 * `GOAL [-- SCRIPT ARGS…]`. What npm appends after `npm run demo --` is thereby passed on to the script.
 * @param {readonly string[]} words
 * @returns {{ readonly goal: Goal, readonly job: Job | undefined }}
 */
export function parseCommandLine(words) {
  const [goalWord, separator, script, ...args] = words;
  const goal = goals.find((name) => name === goalWord);
  if (goal === undefined || (separator !== undefined && (separator !== '--' || script === undefined))) {
    throw new SetupError('Usage: node scripts/setup.mjs demo|test|bench|all [-- SCRIPT ARGS…]');
  }
  return { goal, job: script === undefined ? undefined : { script, args } };
}
