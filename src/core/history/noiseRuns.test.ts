import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noiseRun } from '../../../test/fixtures/noiseRun';
import { machineId } from './machineId';
import { addNoiseRun, readNoiseRuns } from './noiseRuns';

let results: string;
beforeEach(async () => {
  results = path.join(await mkdtemp(path.join(os.tmpdir(), 'ic-noise-')), '.insights-comparison');
});
afterEach(async () => rm(path.dirname(results), { recursive: true, force: true }));

const file = (): string => path.join(results, 'noise', 'flask.json');
const write = async (text: string): Promise<void> => {
  await mkdir(path.dirname(file()), { recursive: true });
  await writeFile(file(), text);
};
const one = noiseRun();
const two = noiseRun({ id: 'later', measuredAt: '2026-06-29T09:30:00.000Z' });

describe('the A/A runs of a target', () => {
  test('are kept beside the runs, newest first, whole or not at all', async () => {
    await addNoiseRun(results, 'flask', two);
    expect(await addNoiseRun(results, 'flask', one)).toEqual([two, one]);
    expect(await readNoiseRuns(results, 'flask')).toEqual([two, one]);
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ schemaVersion: 1, target: 'flask' });
    expect(await readdir(path.dirname(file()))).toEqual(['flask.json']);
  });

  test('are no longer than they need be, and hold each run once', async () => {
    await addNoiseRun(results, 'flask', one);
    for (let day = 0; day < 55; day += 1) {
      const measuredAt = new Date(Date.UTC(2026, 6, 1) + day * 86_400_000).toISOString();
      await addNoiseRun(results, 'flask', noiseRun({ id: `${day}`, measuredAt }));
    }
    await addNoiseRun(results, 'flask', noiseRun({ id: '54', measuredAt: '2026-09-01T00:00:00.000Z' }));
    const runs = await readNoiseRuns(results, 'flask');
    expect(runs).toHaveLength(50);
    expect(runs.map(({ id }) => id)).not.toContain(one.id);
    expect(runs.filter(({ id }) => id === '54')).toHaveLength(1);
  });

  test('are none without a file, and of another target', async () => {
    expect(await readNoiseRuns(results, 'flask')).toEqual([]);
    await addNoiseRun(results, 'flask', one);
    expect(await readNoiseRuns(results, 'django')).toEqual([]);
  });

  test.each(['{"half', '[]', 'null', '{"schemaVersion":1}', '{"schemaVersion":1,"runs":[{"id":"x"}]}'])(
    'are none in a damaged file (%s), and the next run mends it',
    async (text) => {
      await write(text);
      expect(await readNoiseRuns(results, 'flask')).toEqual([]);
      await addNoiseRun(results, 'flask', one);
      expect(await readNoiseRuns(results, 'flask')).toEqual([one]);
    },
  );

  test('are read as far as they are sound', async () => {
    await write(
      JSON.stringify({
        schemaVersion: 1,
        target: 'flask',
        runs: [{ ...one, blocks: 'six' }, { ...one, measuredAt: 'lately' }, two],
      }),
    );
    expect(await readNoiseRuns(results, 'flask')).toEqual([two]);
  });

  test('of a newer version are left as they are', async () => {
    const newer = JSON.stringify({ schemaVersion: 99, runs: [] });
    await write(newer);
    expect(await addNoiseRun(results, 'flask', one)).toEqual([one]);
    expect(await readFile(file(), 'utf8')).toBe(newer);
  });

  test('cannot be kept where a file is in the way: whoever measured is told', async () => {
    await mkdir(results, { recursive: true });
    await writeFile(path.join(results, 'noise'), '');
    expect(await readNoiseRuns(results, 'flask')).toEqual([]);
    await expect(addNoiseRun(results, 'flask', one)).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  test('a name cannot lead out of the folder', async () => {
    await addNoiseRun(results, '../../evil', one);
    expect(await readdir(path.join(results, 'noise'))).toEqual(['.._.._evil.json']);
  });
});

describe('a machine', () => {
  const machine = { host: 'a', os: 'Linux 6.1', cpu: 'c', cores: 2, memoryBytes: 8e9 };

  test('is the same one after an update of its system, and another one with another processor', () => {
    expect(machineId({ ...machine, os: 'Linux 6.2', memoryBytes: 9e9 })).toBe(machineId(machine));
    for (const change of [{ host: 'b' }, { cpu: 'd' }, { cores: 4 }])
      expect(machineId({ ...machine, ...change })).not.toBe(machineId(machine));
  });
});
