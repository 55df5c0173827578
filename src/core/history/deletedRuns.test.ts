import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { putRunBack, runsSetAside, setRunAside } from './deletedRuns';

let results: string;
let run: string;
beforeEach(async () => {
  results = await mkdtemp(path.join(os.tmpdir(), 'ic-deleted-'));
  run = path.join(results, 'runs', '20261128T200000Z-flask-quick');
  await mkdir(run, { recursive: true });
  await writeFile(path.join(run, 'summary.json'), '{}');
});
afterEach(async () => rm(results, { recursive: true, force: true }));

describe('a run that is deleted', () => {
  test('is set aside whole, and comes back to where it was', async () => {
    const aside = await setRunAside(run);
    expect(existsSync(run)).toBe(false);
    expect(await runsSetAside(results)).toEqual([aside]);
    expect(await putRunBack(aside)).toBe(run);
    expect(existsSync(path.join(run, 'summary.json'))).toBe(true);
    expect(await runsSetAside(results)).toEqual([]);
  });

  test('cannot be set aside when it is not there, nor come back when it is gone', async () => {
    await expect(setRunAside(`${run}-other`)).rejects.toThrow(/cannot be deleted/);
    const aside = await setRunAside(run);
    await rm(aside, { recursive: true });
    await expect(putRunBack(aside)).rejects.toMatchObject({ hint: expect.stringMatching(/trash/) as unknown });
  });

  test('leaves nothing aside where nothing was deleted', async () => {
    expect(await runsSetAside(results)).toEqual([]);
  });
});
