import { readFileSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json';
import type { CommandContext } from './commandContext';
import { runProgram } from './program';

/** The composition root of the command line: everything stands beside this bundle. */
function createContext(): CommandContext {
  const distFolder = __dirname;
  const entry = (name: string): string => path.join(distFolder, `${name}.js`);
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    homeFolder: path.dirname(distFolder),
    engine: {
      entries: { generator: entry('generator'), collector: entry('collector'), guard: entry('guard') },
      environment: process.env,
      toolVersion: packageJson.version,
      pageScript: readFileSync(path.join(distFolder, 'webview', 'page.js'), 'utf8'),
      now: () => Date.now(),
    },
  };
}

// A reader that went away (`| head`) ends the output, not the run.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
void runProgram(process.argv.slice(2), createContext()).then((exitCode) => {
  process.exitCode = exitCode;
});
