import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { windowAddress, type WindowTarget } from './windowAddress';

/** What the file in the extension host leaves behind: plain data, or the stack of what it threw. */
type Outcome = { readonly value: unknown } | { readonly error: string };

/** See `VsCode.runInside`. Only a window that is opened for extension tests can do this, so it gets one of its own. */
export async function runInside(
  entry: string,
  { browser, home, ...target }: WindowTarget & { readonly browser: Browser; readonly home: string },
): Promise<unknown> {
  const testsFolder = await mkdtemp(path.join(home, 'tests-'));
  const result = path.join(testsFolder, 'result.json');
  await writeTests(entry, testsFolder, result);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const log: string[] = [];
    await page.exposeFunction('codeAutomationLog', (level: string, words: unknown) =>
      log.push(`${level} ${JSON.stringify(words)}`),
    );
    const { promise: ended, resolve: end } = withResolvers<number>();
    await page.exposeFunction('codeAutomationExit', end);
    await page.goto(windowAddress({ ...target, testsFolder }));
    const code = await ended;
    const text = await readFile(result, 'utf8').catch(() => '');
    if (text === '') throw new Error(`Nothing came out of ${entry} (code ${code}):\n${log.join('\n')}`);
    const outcome = JSON.parse(text) as Outcome;
    if ('error' in outcome) throw new Error(outcome.error);
    return outcome.value;
  } finally {
    await context.close();
  }
}

/** VS Code runs tests of an extension under development only, so there is one: the entry, and what notes its outcome. */
async function writeTests(entry: string, folder: string, result: string): Promise<void> {
  const inner = path.join(folder, 'entry.js');
  await build({
    entryPoints: [entry],
    outfile: inner,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.18',
    external: ['vscode'],
    logLevel: 'error',
  });
  const manifest = {
    name: 'tests',
    version: '1.0.0',
    publisher: 'insights-comparison',
    engines: { vscode: '^1.99.0' },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(
    path.join(folder, 'index.js'),
    `const { writeFileSync } = require('node:fs');
exports.run = async () => {
  let outcome;
  try {
    outcome = { value: await require(${JSON.stringify(inner)}).run() };
  } catch (error) {
    outcome = { error: String((error && error.stack) || error) };
  }
  writeFileSync(${JSON.stringify(result)}, JSON.stringify(outcome));
};
`,
  );
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
