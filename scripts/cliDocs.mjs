// Writes docs/cli.md from what the command line says of itself: node scripts/cliDocs.mjs (after a build)
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const marker = '<!-- From here on made by node scripts/cliDocs.mjs. -->';

export const cliDocsFile = join(root, 'docs', 'cli.md');

/** @returns {string} docs/cli.md as it should be: what a hand wrote above the marker, then the help of every command */
export function cliDocsText() {
  const [written = ''] = readFileSync(cliDocsFile, 'utf8').split(marker);
  const whole = help();
  const commands = [...whole.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '');
  const sections = commands.map((name) => `## ${name}\n\n\`\`\`\n${help(name).trimEnd()}\n\`\`\`\n`);
  return `${written}${marker}\n\n## All commands\n\n\`\`\`\n${whole.trimEnd()}\n\`\`\`\n\n${sections.join('\n')}`;
}

/** @param {readonly string[]} words */
function help(...words) {
  const env = { ...process.env, COLUMNS: '100', NO_COLOR: '1' };
  return execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), ...words, '--help'], { encoding: 'utf8', env });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(cliDocsFile, cliDocsText());
