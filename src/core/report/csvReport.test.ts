import { describe, expect, test } from 'vitest';
import { syntheticSeries } from '../../../test/fixtures/syntheticSeries';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { csvRow } from './csvCell';
import { statsHistoryCsv } from './csvHistory';
import { statsCsv } from './csvReport';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();

const locustStats =
  'Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%';
const locustHistory =
  'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size';

describe('stats.csv', () => {
  test('starts with the columns of Locust and ends with the variant', () => {
    expect(statsCsv(base).split('\r\n')[0]).toBe(`${locustStats},Variant`);
  });

  test('has a line per endpoint and an aggregated one for each variant, whose counts add up', () => {
    const rows = statsCsv(base)
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','));
    const of = (variant: string): string[][] => rows.filter((row) => row.at(-1) === variant);
    for (const variant of ['without_insights', 'with_insights']) {
      const counts = of(variant).map((row) => Number(row[2]));
      expect(of(variant).map((row) => row[1])).toEqual(['/', '/api/data/', '/api/task/', '/api/error/', 'Aggregated']);
      expect(counts.at(-1)).toBe(2400);
      expect(counts.slice(0, -1).reduce((sum, count) => sum + count, 0)).toBe(2400);
      expect(Number(of(variant).at(-1)?.[9])).toBeCloseTo(20, 6);
    }
  });

  test('quotes what needs it and neutralises formulas', () => {
    expect(csvRow(['a,b', 'say "x"', 'two\nlines', '=1+1', '+1', '-2', '@x', -2, 1.5])).toBe(
      `"a,b","say ""x""","two\nlines",'=1+1,'+1,'-2,'@x,-2,1.5`,
    );
  });
});

describe('stats_history.csv', () => {
  test('starts with the columns of Locust and has a line for every second of every trial, in their order', () => {
    const record = base;
    const series = syntheticSeries(record);
    const [header, ...rows] = statsHistoryCsv(record, series).trimEnd().split('\r\n');
    expect(header).toBe(`${locustHistory},Variant,Block,Trial`);
    expect(rows).toHaveLength(series.reduce((sum, trial) => sum + trial.seconds.length, 0));
    const stamps = rows.map((row) => Number(row.split(',')[0]));
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
    expect(stamps[0]).toBe(Date.parse('2026-07-01T09:30:00Z') / 1000);
  });

  test('counts totals from each trial start', () => {
    const record = base;
    const [first] = syntheticSeries(record);
    if (first === undefined) throw new Error('The fixture has series.');
    const rows = statsHistoryCsv(record, [first]).trimEnd().split('\r\n').slice(1);
    const total = first.seconds.reduce((sum, second) => sum + second.requests, 0);
    expect(Number(rows.at(-1)?.split(',')[17])).toBe(total);
  });
});
