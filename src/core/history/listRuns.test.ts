import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listRuns } from './listRuns';
import { readPastRun } from './readPastRun';
import { testSummary } from '../../../test/fixtures/testSummary';

let results: string;
beforeEach(async () => {
  results = await mkdtemp(path.join(os.tmpdir(), 'ic-past-'));
});
afterEach(async () => rm(results, { recursive: true, force: true }));

const write = async (name: string, text: string): Promise<string> => {
  const folder = path.join(results, 'runs', name);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'summary.json'), text);
  return folder;
};

describe('one past run', () => {
  test('is read by its summary; without one, or with a damaged one, it is none', async () => {
    const summary = testSummary();
    const whole = await write('whole', JSON.stringify(summary));
    expect(readPastRun(whole)).toEqual({ folder: whole, summary });
    expect(readPastRun(await write('half', '{"half'))).toBeNull();
    expect(readPastRun(await write('newer', JSON.stringify({ ...summary, schemaVersion: 99 })))).toBeNull();
    expect(readPastRun(path.join(results, 'runs', 'none'))).toBeNull();
  });
});

describe('the past runs of a results folder', () => {
  test('are all that have a sound summary', async () => {
    const [one, two] = [
      await write('1', JSON.stringify(testSummary())),
      await write('2', JSON.stringify(testSummary())),
    ];
    await write('damaged', '[]');
    const runs = await listRuns(results);
    expect(runs.map(({ folder }) => folder).sort()).toEqual([one, two]);
  });

  test('are none where there is no folder', async () => {
    expect(await listRuns(path.join(results, 'none'))).toEqual([]);
  });

  test('let others have their turn in between', async () => {
    for (let number = 0; number < 30; number += 1) await write(String(number), JSON.stringify(testSummary()));
    let turns = 0;
    let isDone = false;
    const others = (): void => {
      turns += 1;
      if (!isDone) setImmediate(others);
    };
    setImmediate(others);
    // A clock by which every look takes 2 ms: a slice holds one or two runs.
    let nowMs = 0;
    const runs = await listRuns(results, () => (nowMs += 2));
    isDone = true;
    expect(runs).toHaveLength(30);
    expect(turns).toBeGreaterThanOrEqual(10);
  });
});
