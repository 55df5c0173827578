import { mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleLink } from '../../scripts/setup/sampleLink.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ic-link-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const stepFor = (environment: string): ReturnType<typeof sampleLink> =>
  sampleLink({ root, interpreter: join(root, environment, 'bin', 'python') });
const linked = (): string => readlinkSync(join(root, 'samples', '.venv'));

describe("the link to the samples' virtual environment", () => {
  test('is made once, and again when the environment is another one', async () => {
    expect(stepFor('a').isDone()).toBe(false);
    await stepFor('a').run();
    expect(linked()).toBe(join(root, 'a'));
    expect(stepFor('a').isDone()).toBe(true);
    expect(stepFor('b').isDone()).toBe(false);
    await stepFor('b').run();
    expect(linked()).toBe(join(root, 'b'));
  });

  test("leaves a .venv of somebody's own alone", () => {
    mkdirSync(join(root, 'samples', '.venv'), { recursive: true });
    expect(stepFor('a').isDone()).toBe(true);
    expect(statSync(join(root, 'samples', '.venv')).isDirectory()).toBe(true);
  });
});
