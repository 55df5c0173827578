import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashTexts } from './contentHash.mjs';
import { commandFailure, runCommand } from './runCommand.mjs';
import { isStamped, writeStamp } from './stamp.mjs';

/** PostgreSQL 16's programs in a wheel. Debian's package would start a server for the whole machine. */
const server = 'pgserver==0.1.4';
const driver = 'psycopg[binary]==3.2.13';
/** The programs are the same in the wheel of every Python; not every Python has one. */
const wheelPython = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'];

/**
 * PostgreSQL's programs and a driver for the tests' Python, in the cache. Where they cannot be had the set-up says so and goes on: the tests
 * that need them are passed over then.
 * @param {object} options
 * @param {string} options.cache
 * @param {string} options.interpreter of the sample apps' environment, which is made before
 * @param {import('./findPython.mjs').Python} options.python
 * @param {(sentence: string) => void} options.say
 * @returns {import('./main.mjs').Step & { readonly variables: () => Readonly<Record<string, string>> }}
 */
export function postgresPrograms({ cache, interpreter, python, say }) {
  const inputs = hashTexts([server, driver, python.version, process.platform, process.arch]);
  const folder = join(cache, `postgres-${inputs.slice(0, 12)}`);
  const stamp = join(folder, '.complete');
  const programs = join(folder, 'pgserver', 'pginstall', 'bin');
  const driverFolder = join(folder, 'driver');
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input', '--quiet'];
  return {
    isDone: () => isStamped(stamp, inputs),
    run: async () => {
      say(`installing PostgreSQL's programs for the tests into ${folder}`);
      rmSync(folder, { recursive: true, force: true });
      const wheel = ['download', '--no-deps', '--only-binary', ':all:', ...wheelPython, '--dest', folder, server];
      const commands = [
        () => [...pip, ...wheel],
        () => ['-m', 'zipfile', '--extract', join(folder, wheelIn(folder)), folder],
        () => [...pip, 'install', '--only-binary', ':all:', '--target', driverFolder, driver],
      ];
      for (const words of commands) {
        const result = await runCommand(interpreter, words());
        if (result.code === 0) continue;
        const failure = commandFailure('Installing PostgreSQL for the tests', interpreter, result);
        say([failure.message, ...failure.excerpt.map((line) => `  ${line}`)].join('\n'));
        say('the tests on PostgreSQL are passed over');
        return;
      }
      if (!existsSync(programs)) {
        say(`there are no programs in ${server}: the tests on PostgreSQL are passed over`);
        return;
      }
      // What unpacks it knows nothing of rights.
      for (const name of readdirSync(programs)) chmodSync(join(programs, name), 0o755);
      rmSync(join(folder, wheelIn(folder)));
      writeStamp(stamp, inputs);
    },
    variables: () =>
      isStamped(stamp, inputs)
        ? { INSIGHTS_COMPARISON_TEST_POSTGRES: programs, INSIGHTS_COMPARISON_TEST_POSTGRES_DRIVER: driverFolder }
        : {},
  };
}

/** @param {string} folder */
function wheelIn(folder) {
  return (existsSync(folder) ? readdirSync(folder) : []).find((name) => name.endsWith('.whl')) ?? 'no-wheel.whl';
}
