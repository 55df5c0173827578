import { join } from 'node:path';
import { pythonEnvironment } from './pythonEnvironment.mjs';
import { requirementTexts } from './requirementTexts.mjs';

/**
 * A virtual environment with what the sample apps need.
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.cache
 * @param {import('./findPython.mjs').Python} options.python
 * @param {import('./debian.mjs').Debian} options.debian
 * @param {(sentence: string) => void} options.say
 * @returns {import('./main.mjs').Step & { readonly interpreter: string }}
 */
export function sampleEnvironment({ root, ...rest }) {
  const requirements = join(root, 'samples', 'requirements.txt');
  return pythonEnvironment({
    what: "the sample apps' Python packages",
    prefix: 'venv',
    packages: ['--requirement', requirements],
    texts: requirementTexts(requirements),
    ...rest,
  });
}
