import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEnvFile } from './readEnvFile';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-env-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

async function envFile(text: string): Promise<string> {
  const file = path.join(folder, 'some.env');
  await writeFile(file, text);
  return file;
}

function python(): string {
  const found = process.env['INSIGHTS_COMPARISON_TEST_PYTHON'];
  if (!found) throw new Error('INSIGHTS_COMPARISON_TEST_PYTHON is not set: run `npm test`.');
  return found;
}

const tricky = [
  '# a comment',
  'SECRET_KEY=ab#cd',
  'SPACED=value # a comment',
  "QUOTED='single # not a comment'",
  'DOUBLE="two\\nlines"',
  'export EXPORTED=1',
  'EMPTY=',
  'EXPANDED=${QUOTED}!',
  'MULTI="first',
  'second"',
  '',
].join('\n');

describe('an env file', () => {
  test('is read as python-dotenv reads it, and where dotenv differs is said', async () => {
    const { values, reader, differing } = await readEnvFile(await envFile(tricky), python());
    expect(reader).toBe('python');
    expect(values).toEqual({
      SECRET_KEY: 'ab#cd',
      SPACED: 'value',
      QUOTED: 'single # not a comment',
      DOUBLE: 'two\nlines',
      EXPORTED: '1',
      EMPTY: '',
      EXPANDED: 'single # not a comment!',
      MULTI: 'first\nsecond',
    });
    expect([...differing].sort()).toEqual(['EXPANDED', 'SECRET_KEY']);
  });

  test('is read by dotenv when there is no python-dotenv, and names what may differ', async () => {
    const { reader, differing } = await readEnvFile(await envFile(tricky), null);
    expect(reader).toBe('node');
    expect([...differing].sort()).toEqual(['EXPANDED', 'SECRET_KEY']);
  });

  test.each([
    ['A=1\nno assignment\n', /some\.env:2: neither KEY=VALUE nor a comment/],
    ['A=1\nB="open\nC=2\n', /some\.env:2: the quote " is never closed/],
    ['A=\u0000', /not text in UTF-8/],
  ])('%j is refused with its line', async (text, message) => {
    await expect(readEnvFile(await envFile(text), null)).rejects.toThrow(message);
  });

  test('that is missing is named', async () => {
    await expect(readEnvFile(path.join(folder, 'nowhere.env'), null)).rejects.toThrow(/nowhere\.env/);
  });
});
