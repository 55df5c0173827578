import { describe, expect, test } from 'vitest';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { syntheticSeries } from '../../../test/fixtures/syntheticSeries';
import { exportFileName, exportFormats } from './exportFormats';

const record = syntheticRecord();
const loaded = { record, series: syntheticSeries(record), digest: '' };

describe('the formats of an export', () => {
  test('each writes a text of its own; only the page needs its script', async () => {
    let scriptReads = 0;
    const pageScript = (): Promise<string> => {
      scriptReads += 1;
      return Promise.resolve('"the page script"');
    };
    const texts = await Promise.all(exportFormats.map((format) => format.write(loaded, pageScript)));
    expect(new Set(texts).size).toBe(exportFormats.length);
    expect(scriptReads).toBe(1);
    expect(texts[0]).toContain('"the page script"');
    expect(texts[1]).toMatch(/^<!-- insights-comparison: [^>]+ -->\n### Insights comparison/);
  });

  test('have names that cannot clash and lead nowhere else', () => {
    const hostile = { ...record, plan: { ...record.plan, target: '../../etc/x y' } };
    const names = exportFormats.map((format) => exportFileName(hostile, format));
    expect(new Set(names).size).toBe(exportFormats.length);
    for (const name of names) expect(name).toMatch(/^insights-\.\._\.\._etc_x_y-[\w.-]+$/);
  });
});
