import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { loadRecord, recordFile, type RecordSource } from './loadRecord';

const record = syntheticRecord();
const second = { type: 'second', phase: 'measuring', atSeconds: 1, companions: {} };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ic-load-'));
  file = path.join(folder, 'comparison.insights.json');
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

describe('loading a record for its page', () => {
  test('reads it with the series of its trials', async () => {
    await writeFile(file, JSON.stringify(record));
    const [first] = record.trials;
    const seriesFile = path.join(folder, first?.series ?? '');
    await mkdir(path.dirname(seriesFile), { recursive: true });
    await writeFile(seriesFile, `${JSON.stringify(second)}\n`);
    const loaded = await loadRecord(recordFile(file));
    expect(loaded.record).toEqual(record);
    expect(loaded.series).toHaveLength(record.trials.length + record.capacity.length);
    expect(loaded.series.flatMap(({ seconds }) => seconds)).toEqual([second]);
  });

  test('has the same digest for the same text alone', async () => {
    await writeFile(file, JSON.stringify(record));
    const [one, again] = [await loadRecord(recordFile(file)), await loadRecord(recordFile(file))];
    await writeFile(file, JSON.stringify({ ...record, sentence: 'Another.' }));
    const changed = await loadRecord(recordFile(file));
    expect(again.digest).toBe(one.digest);
    expect(changed.digest).not.toBe(one.digest);
  });

  test('says that there is none, and that it will be shown when it comes', async () => {
    await expect(loadRecord(recordFile(file))).rejects.toMatchObject({
      name: 'UserError',
      message: `There is no record at ${file}`,
      hint: expect.stringMatching(/as soon as it is written/) as unknown,
    });
  });

  test('says when it cannot be read', async () => {
    await mkdir(file);
    await expect(loadRecord(recordFile(file))).rejects.toThrow(`The record cannot be read: ${file}`);
  });

  test('does not read what is too large to be one', async () => {
    const source: RecordSource = {
      file,
      folder,
      sizeBytes: () => Promise.resolve(51_000_000),
      text: () => Promise.reject(new Error('was read')),
    };
    await expect(loadRecord(source)).rejects.toThrow(/has 51 MB: no record is that large/);
  });

  test('names what is damaged', async () => {
    await writeFile(file, '{"half');
    await expect(loadRecord(recordFile(file))).rejects.toThrow(/is no JSON/);
    await writeFile(file, '{"schemaVersion": 99}');
    await expect(loadRecord(recordFile(file))).rejects.toThrow(/written by a newer version/);
  });

  test('reads no trial files for a text without a folder', async () => {
    const source: RecordSource = {
      file,
      folder: null,
      sizeBytes: () => Promise.resolve(1),
      text: () => Promise.resolve(JSON.stringify(record)),
    };
    expect((await loadRecord(source)).series).toEqual([]);
  });
});
