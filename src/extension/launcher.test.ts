import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { launcher } from './launcher';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ic launcher-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the launcher', () => {
  test('hands all words on as they are, from a place with a quote and a space in its name', () => {
    const script = path.join(folder, "it's.js");
    writeFileSync(script, 'console.log(JSON.stringify([process.env.ELECTRON_RUN_AS_NODE, ...process.argv.slice(2)]))');
    const { name, text } = launcher({ node: process.execPath, script, platform: 'linux' });
    const file = path.join(folder, name);
    writeFileSync(file, text);
    chmodSync(file, 0o755);
    const said = execFileSync(file, ['run', '.', '--budget', 'cpu_ms_per_request +5%', '$HOME'], { encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual(['1', 'run', '.', '--budget', 'cpu_ms_per_request +5%', '$HOME']);
  });

  test('is a batch file on Windows, where a percent sign in a path is one', () => {
    const { name, text } = launcher({ node: 'C:\\Code 100%\\Code.exe', script: 'C:\\x\\cli.js', platform: 'win32' });
    expect(name).toBe('insights-comparison.cmd');
    expect(text.split('\r\n')).toContain('"C:\\Code 100%%\\Code.exe" "C:\\x\\cli.js" %*');
  });
});
