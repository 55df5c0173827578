import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRecord } from '../history/readRecord';
import { summariseHeadline, summariseRecord } from '../history/summariseRecord';
import { statsHistoryCsv } from './csvHistory';
import { statsCsv } from './csvReport';
import { htmlReport } from './htmlReport';
import { junitReport } from './junitReport';
import { markdownReport } from './markdownReport';
import { monitoringJson } from './monitoringJson';
import { picturesOf } from './picture/pictures';
import { effectsCsv, endpointsCsv, secondsCsv } from './tidyCsv';

/** Real records as versions of the past wrote them; they are never changed. A new schema version gets one more. */
const files = ['first-version.insights.json'];

describe.each(files)('a record of the past: %s', (name) => {
  const file = path.resolve(import.meta.dirname, '../../../test/fixtures/records', name);
  const read = async (): Promise<ReturnType<typeof parseRecord>> => parseRecord(await readFile(file, 'utf8'), file);

  test('is read, listed and drawn in a trend', async () => {
    const record = await read();
    expect(summariseRecord(record)).toMatchObject({ id: record.id, status: 'complete', target: record.plan.target });
    expect(summariseHeadline(record).map(({ metric }) => metric)).toEqual(record.headline);
    expect(summariseHeadline(record).every(({ change }) => change !== null)).toBe(true);
  });

  test('renders in every format', async () => {
    const record = await read();
    expect(markdownReport(record)).toContain(`Record: \`${record.id}\``);
    expect(htmlReport(record, [], { script: '0;' })).toContain(record.id);
    expect(junitReport(record)).toContain('<testsuite');
    expect(statsCsv(record).split('\r\n').length).toBeGreaterThan(5);
    expect(endpointsCsv(record).split('\r\n').length).toBeGreaterThan(record.trials.length);
    expect(effectsCsv(record).split('\r\n').length).toBe(record.effects.length + 2);
    for (const text of [statsHistoryCsv(record, []), secondsCsv(record, []), monitoringJson(record, [])])
      expect(text.length).toBeGreaterThan(50);
    expect([...picturesOf(record, [])].map(({ name: picture }) => picture)).toContain('chart-effects.png');
  });
});
