import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { platformProblem } from '../../scripts/setup/vscodeServer.mjs';
import { vsCodeVersions } from '../../scripts/setup/vscodeVersions.mjs';
import { makeFakeCheckout, type FakeCheckout } from './fakeCheckout';

const printServers = `
const { INSIGHTS_COMPARISON_VSCODE_OLD: old, INSIGHTS_COMPARISON_VSCODE_NEW: latest } = process.env;
console.log(JSON.stringify({ old, latest }));`;
const words = ['test', '--', 'job.js'];

function serversOf(stdout: string): { readonly old?: string | undefined; readonly latest?: string | undefined } {
  return z.object({ old: z.string().optional(), latest: z.string().optional() }).parse(JSON.parse(stdout));
}

describe('a machine that has no VS Code server', () => {
  test.each([
    [{ platform: 'linux', arch: 'x64' }, undefined],
    [{ platform: 'linux', arch: 'arm64' }, expect.stringContaining('skipped here (linux arm64)')],
    [{ platform: 'darwin', arch: 'x64' }, expect.stringContaining('Linux x64 only')],
  ])('%j: %s', (machine, problem) => {
    expect(platformProblem(machine)).toEqual(problem);
  });
});

describe.skipIf(platformProblem(process) !== undefined)("the VS Code servers of the tests' set-up", () => {
  let checkout: FakeCheckout;
  beforeEach(() => {
    checkout = makeFakeCheckout();
    checkout.write('job.js', printServers);
    // Present, so that only what these tests are about calls apt-get.
    checkout.replaceProgram('chromium', 'exit 0');
  });
  afterEach(() => {
    checkout.remove();
  });

  test('are installed once, in the cache, and the job is told where', async () => {
    const first = await checkout.run(words);
    const servers = serversOf(first.stdout);
    expect(servers.old).toMatch(/\/cache\/insights-comparison\/vscode-1\.99\.3-\w{12}$/);
    expect(servers.latest).toMatch(/\/cache\/insights-comparison\/vscode-1\.139\.1-\w{12}$/);
    for (const { vsCode } of vsCodeVersions)
      expect(first.stderr).toContain(`setup: installing VS Code ${vsCode} for the tests into `);
    const calls = checkout.takeCalls();
    for (const { codeServer } of vsCodeVersions)
      expect(calls).toContainEqual(expect.stringContaining(`npm pack code-server@${codeServer} `));
    expect(calls.filter((call) => call === 'node-gyp rebuild')).toHaveLength(vsCodeVersions.length);

    const second = await checkout.run(words);
    expect(serversOf(second.stdout)).toEqual(servers);
    expect([checkout.takeCalls(), second.stderr]).toEqual([[], '']);
  });

  test('come without the big packages that no test loads', async () => {
    const { old } = serversOf((await checkout.run(words)).stdout);
    const manifest: unknown = JSON.parse(readFileSync(path.join(old ?? '', 'package/lib/vscode/package.json'), 'utf8'));
    expect(manifest).toEqual({ dependencies: { '@vscode/spdlog': '1.0.0' } });
  });

  test('are made anew, each for itself, when one was left half-made', async () => {
    const { latest = '' } = serversOf((await checkout.run(words)).stdout);
    checkout.takeCalls();
    rmSync(path.join(latest, '.complete'));
    writeFileSync(path.join(latest, 'half'), '');
    const { stdout } = await checkout.run(words);
    expect(serversOf(stdout).latest).toBe(latest);
    expect(checkout.takeCalls().filter((call) => call.startsWith('npm pack'))).toEqual([
      expect.stringContaining('code-server@4.139.1'),
    ]);
    expect(() => readFileSync(path.join(latest, 'half'))).toThrow('ENOENT');
  });

  test('that cannot be downloaded are told of, and the job runs without them', async () => {
    checkout.replaceProgram(
      'npm',
      'case "$1" in pack|install) echo "npm error code ENOTFOUND" >&2; exit 1 ;; esac; mkdir -p node_modules',
    );
    const { code, stdout, stderr } = await checkout.run(words);
    expect([code, serversOf(stdout)]).toEqual([0, {}]);
    expect(stderr).toMatch(
      /Installing VS Code \S+ for the tests failed: the package server could not be reached\. .*\n {2}npm error code ENOTFOUND\nwithout it the tests in a real VS Code will fail\n$/,
    );
  });

  test('need a compiler, which is installed where that can be done, and else named', async () => {
    checkout.removeProgram('g++');
    const { stdout, stderr } = await checkout.run(words);
    if (process.getuid?.() === 0) {
      expect(stderr).toContain('setup: installing build-essential (apt-get)\n');
      expect(Object.values(serversOf(stdout)).filter((folder) => folder !== undefined)).toHaveLength(2);
      return;
    }
    expect(stderr).toContain('were not found. Run: sudo apt-get install build-essential\n');
    expect(serversOf(stdout)).toEqual({});
  });

  test('are of no interest to a demo', async () => {
    checkout.write('job.js', printServers);
    const { stdout } = await checkout.run(['demo', '--', 'job.js']);
    expect(serversOf(stdout)).toEqual({});
    expect(checkout.takeCalls().filter((call) => call.startsWith('npm '))).toEqual(['npm ci --loglevel=error']);
  });
});
