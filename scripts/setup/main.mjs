import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundles } from './bundles.mjs';
import { cacheFolder } from './cacheFolder.mjs';
import { parseCommandLine } from './commandLine.mjs';
import { debianPackages } from './debian.mjs';
import { findPython } from './findPython.mjs';
import { locustEnvironment } from './locustEnvironment.mjs';
import { nodePackages } from './nodePackages.mjs';
import { postgresPrograms } from './postgresPrograms.mjs';
import { runJob } from './runJob.mjs';
import { sampleEnvironment } from './sampleEnvironment.mjs';
import { sampleLink } from './sampleLink.mjs';
import { serverEnvironment } from './serverEnvironment.mjs';
import { withSetupLock } from './setupLock.mjs';
import { SetupError, SetupStopped } from './setupError.mjs';
import { exitCodeOfSignal } from './signals.mjs';
import { benchPrograms, systemProgram, testPrograms } from './systemPrograms.mjs';
import { vsCodeServers } from './vscodeServer.mjs';

/**
 * One thing that must be in place. `run` makes it so and is called only while no other set-up runs.
 * @typedef {{ readonly isDone: () => boolean, readonly run: () => Promise<void> }} Step
 */

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param {string} sentence */
const say = (sentence) => {
  process.stderr.write(`setup: ${sentence}\n`);
};

/**
 * Sets up, runs the job if there is one, and sets the process's exit code.
 * @param {readonly string[]} words the command line's arguments
 */
export async function main(words) {
  try {
    const { goal, job } = parseCommandLine(words);
    const variables = await setUp(goal);
    if (job === undefined) say('everything is in place');
    else process.exitCode = await runJob(root, job, variables);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/**
 * @param {import('./commandLine.mjs').Goal} goal
 * @returns {Promise<Readonly<Record<string, string>>>} what the job is told by its environment
 */
async function setUp(goal) {
  const { env, platform } = process;
  const cache = cacheFolder({ env, platform, home: homedir() });
  const debian = debianPackages(env);
  const python = await findPython(env);
  const sample = sampleEnvironment({ root, cache, python, debian, say });
  const extras = extrasOf(goal, { cache, python, debian, interpreter: sample.interpreter });
  const link = sampleLink({ root, interpreter: sample.interpreter });
  await runSteps(
    [nodePackages({ root, say }), sample, link, bundles({ root, say }), ...extras],
    join(cache, 'setup.lock'),
  );
  return {
    INSIGHTS_COMPARISON_SAMPLE_PYTHON: sample.interpreter,
    ...(goal === 'demo' ? {} : { INSIGHTS_COMPARISON_TEST_PYTHON: sample.interpreter }),
    ...Object.assign({}, ...extras.map((extra) => extra.variables())),
  };
}

/**
 * What the tests need beside the demo's things; the benches need that (they look at the editor too) and what they measure ours against.
 * @param {import('./commandLine.mjs').Goal} goal
 * @param {{ cache: string, python: import('./findPython.mjs').Python, debian: import('./debian.mjs').Debian, interpreter: string }} options
 */
function extrasOf(goal, { cache, python, debian, interpreter }) {
  const { env } = process;
  if (goal === 'demo') return [];
  const programs = goal === 'test' ? testPrograms : [...testPrograms, ...benchPrograms];
  const extras = programs.map((program) => systemProgram(program, { env, debian, say }));
  return [
    ...extras,
    postgresPrograms({ cache, interpreter, python, say }),
    locustEnvironment({ cache, python, debian, say }),
    serverEnvironment({ cache, python, debian, say }),
    vsCodeServers({ cache, env, machine: process, python, debian, say }),
  ];
}

/**
 * Where everything is in place no lock is taken. Otherwise each step is looked at again under the lock: the set-up
 * that was waited for may have done it.
 * @param {readonly Step[]} steps
 * @param {string} lockFile
 */
async function runSteps(steps, lockFile) {
  if (steps.every((step) => step.isDone())) return;
  await withSetupLock(lockFile, say, async () => {
    for (const step of steps) if (!step.isDone()) await step.run();
  });
}

/**
 * @param {unknown} error
 * @returns {number} the exit code
 */
function report(error) {
  if (error instanceof SetupStopped) return exitCodeOfSignal(error.signal);
  if (error instanceof SetupError) {
    say([error.message, ...error.excerpt.map((line) => `  ${line}`)].join('\n'));
    return 1;
  }
  if (error instanceof Error && 'syscall' in error) {
    say(`${fileProblem(error)}: ${error.message}`);
    return 1;
  }
  throw error;
}

/** @param {Error & { code?: unknown }} error */
function fileProblem(error) {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return 'The disk is full; free some space, then run this again';
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') {
    return 'A folder may not be written to; give yourself the right, or put the cache elsewhere with XDG_CACHE_HOME';
  }
  return 'The set-up failed';
}
