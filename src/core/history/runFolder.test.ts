import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { effectOf } from '../../../test/fixtures/effectOf';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { listRuns } from './listRuns';
import { parseRecord, readRecord } from './readRecord';
import { createRunFolder } from './runFolder';
import { saveRecord } from './saveRecord';
import { summariseRecord } from './summariseRecord';

let results: string;
beforeEach(async () => {
  results = path.join(await mkdtemp(path.join(os.tmpdir(), 'ic-history-')), '.insights-comparison');
});
afterEach(async () => rm(path.dirname(results), { recursive: true, force: true }));

const now = new Date('2026-11-22T20:45:30.123Z');
const create = async (target = 'flask') => createRunFolder({ resultsFolder: results, target, scenario: 'quick', now });

describe('run folders', () => {
  test('are named by UTC time, target and scenario, and never shared by two runs of a second', async () => {
    expect((await create()).id).toBe('20261122T204530Z-flask-quick');
    expect((await create()).id).toBe('20261122T204530Z-flask-quick-2');
  });

  test('a name cannot lead out of the results folder', async () => {
    const folder = await create('../../evil name');
    expect(path.dirname(folder.path)).toBe(path.join(results, 'runs'));
    expect(path.dirname(folder.trialFile(0, '../x', 'log'))).toBe(path.join(folder.path, 'trials'));
  });

  test('the .gitignore of a user is left as it is', async () => {
    await create();
    await writeFile(path.join(results, '.gitignore'), 'mine\n');
    await create();
    expect(await readFile(path.join(results, '.gitignore'), 'utf8')).toBe('mine\n');
  });

  test('a record is saved whole, read back as it was, and listed by its summary', async () => {
    const folder = await create();
    const record = syntheticRecord();
    await saveRecord(folder, record);
    expect((await readRecord(folder.path)).record).toEqual(record);
    expect((await readRecord(folder.recordPath)).record).toEqual(record);
    expect((await readdir(folder.path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect((await listRuns(results)).map(({ summary }) => summary.label)).toEqual([summariseRecord(record).label]);
    expect((await readFile(path.join(folder.path, 'summary.json'), 'utf8')).length).toBeLessThan(600);
  });

  test('the summary tells worse from better by the direction of the metric that it is about', () => {
    const cpu = effectOf('cpu_ms_per_request', [1.06, 1.05, 1.07], { verdict: 'increase' });
    const capacity = effectOf('capacity_rps', [1.06, 1.05, 1.07], { verdict: 'increase' });
    const summaryOf = (effect: typeof cpu) =>
      summariseRecord(syntheticRecord({ headline: [effect.metric], effects: [effect] }));
    expect(summaryOf(cpu)).toMatchObject({ verdict: 'increase', tone: 'worse' });
    expect(summaryOf(capacity)).toMatchObject({ verdict: 'increase', tone: 'better' });
    expect(summariseRecord(syntheticRecord({ status: 'partial' }))).not.toHaveProperty('tone');
  });

  test('a damaged summary is passed over by the list', async () => {
    const folder = await create();
    await writeFile(path.join(folder.path, 'summary.json'), '{"half');
    expect(await listRuns(results)).toEqual([]);
  });
});

describe('records that cannot be read', () => {
  test.each([
    ['no json', /is no JSON/],
    ['{"schemaVersion": 99}', /written by a newer version \(schema 99/],
    ['{"schemaVersion": 1}', /is no record of a comparison/],
    ['[]', /is no record of a comparison/],
  ])('%s', (text, message) => {
    expect(() => parseRecord(text, 'x.insights.json')).toThrow(message);
  });

  test('a missing one is named', async () => {
    await expect(readRecord('/no/such/run')).rejects.toThrow(/There is no record at/);
  });
});
