import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { syntheticSeries } from '../../../test/fixtures/syntheticSeries';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { writeReports, type WriteReportsOptions } from './writeReports';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'reports-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function options(formats: WriteReportsOptions['formats'], into = folder): WriteReportsOptions {
  const record = base;
  return { record, series: syntheticSeries(record), folder: into, formats, pageScript: '0;' };
}

describe('writing reports', () => {
  test('writes each format under its name and leaves nothing else', async () => {
    const paths = await writeReports(
      options(['md', 'html', 'csv', 'json', 'junit'], path.join(folder, 'new', 'folder')),
    );
    const names = [
      'report.md',
      'report.html',
      'stats.csv',
      'stats_history.csv',
      'seconds.csv',
      'endpoints.csv',
      'effects.csv',
      'monitoring.json',
      'junit.xml',
    ];
    expect(paths).toEqual(names.map((name) => path.join(folder, 'new', 'folder', name)));
    expect((await readdir(path.join(folder, 'new', 'folder'))).sort()).toEqual([...names].sort());
  });

  test('puts every second of every trial into monitoring.json', async () => {
    const given = options(['json']);
    const [file = ''] = await writeReports(given);
    const written: unknown = JSON.parse(await readFile(file, 'utf8'));
    const inOrder = [...given.series].sort((a, b) => a.position - b.position);
    expect(written).toMatchObject({
      id: given.record.id,
      trials: inOrder.map(({ position, seconds }) => ({ position, seconds })),
    });
  });

  test('says which folder cannot be written', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await expect(writeReports(options(['md'], path.join(file, 'below')))).rejects.toThrow(
      /could not be written to .*below/,
    );
  });
});
