import { pythonEnvironment } from './pythonEnvironment.mjs';

const locust = 'locust==2.43.4';
/** Before that Locust has no version that is new enough. */
const oldest = { major: 3, minor: 10 };

/**
 * A virtual environment with Locust for the tests, apart from the apps'. With a Python that is too old for it the tests that need it are passed over.
 * @param {object} options
 * @param {string} options.cache
 * @param {import('./findPython.mjs').Python} options.python
 * @param {import('./debian.mjs').Debian} options.debian
 * @param {(sentence: string) => void} options.say
 * @returns {import('./main.mjs').Step & { readonly variables: () => Readonly<Record<string, string>> }}
 */
export function locustEnvironment(options) {
  const [major = 0, minor = 0] = options.python.version.split('.').map(Number);
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
    return { isDone: () => true, run: async () => undefined, variables: () => ({}) };
  }
  const environment = pythonEnvironment({
    what: 'Locust for the tests',
    prefix: 'locust',
    packages: [locust],
    texts: [locust],
    ...options,
  });
  return {
    isDone: environment.isDone,
    run: environment.run,
    variables: () => ({ INSIGHTS_COMPARISON_TEST_LOCUST: environment.interpreter }),
  };
}
