import { pythonEnvironment } from './pythonEnvironment.mjs';

/** The last releases for Python 3.9; pyuwsgi is uWSGI as it was built for many platforms. */
const packages = ['uvicorn==0.39.0', 'uvicorn-worker==0.4.0', 'waitress==3.0.2', 'pyuwsgi==2.0.30.post1'];

/**
 * A virtual environment with the servers that the sample apps do without, for the tests.
 * @param {object} options
 * @param {string} options.cache
 * @param {import('./findPython.mjs').Python} options.python
 * @param {import('./debian.mjs').Debian} options.debian
 * @param {(sentence: string) => void} options.say
 * @returns {import('./main.mjs').Step & { readonly variables: () => Readonly<Record<string, string>> }}
 */
export function serverEnvironment(options) {
  const { isDone, run, interpreter } = pythonEnvironment({
    what: 'servers for the tests',
    prefix: 'servers',
    packages,
    texts: packages,
    ...options,
  });
  return { isDone, run, variables: () => ({ INSIGHTS_COMPARISON_TEST_SERVERS: interpreter }) };
}
