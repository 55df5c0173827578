import { describe, expect, test } from 'vitest';
import { syntheticSeries } from '../../../test/fixtures/syntheticSeries';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import { effectsCsv, endpointsCsv, secondsCsv } from './tidyCsv';

const record = syntheticRecord();
const series = syntheticSeries(record);

/** Rows as objects by column; the synthetic record has no quoted cell. */
function parsed(csv: string): Record<string, string>[] {
  const [header = '', ...lines] = csv.trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

describe('the tidy files', () => {
  test('have a row per second and process of every trial', () => {
    const rows = parsed(secondsCsv(record, series));
    const expected = series
      .flatMap(({ seconds }) => seconds)
      .map(({ companions }) => 1 + Object.keys(companions).length);
    expect(rows).toHaveLength(expected.reduce((sum, count) => sum + count, 0));
    const [first] = series;
    const [name = '', tree] = Object.entries(first?.seconds[0]?.companions ?? {})[0] ?? [];
    expect(rows[0]).toMatchObject({
      variant: first?.variant,
      trial: first?.kind,
      block: '1',
      attempt: '1',
      process: 'app',
    });
    expect(rows[1]).toMatchObject({ process: name, requests: '', system_cpu_cores: '' });
    expect(Number(rows[1]?.['cpu_cores'])).toBeCloseTo(tree?.cpuCores ?? Number.NaN, 5);
    expect(Number(rows[0]?.['rss_bytes'])).toBeCloseTo(first?.seconds[0]?.rssBytes ?? Number.NaN, 5);
  });

  test('have a row per endpoint of every scenario trial, whose requests add up to the trial', () => {
    const rows = parsed(endpointsCsv(record));
    for (const trial of record.trials) {
      const own = rows.filter(({ position }) => position === String(trial.position));
      expect(own.map(({ endpoint }) => endpoint).sort()).toEqual(Object.keys(trial.endpoints).sort());
      const sum = own.reduce((total, { requests }) => total + Number(requests), 0);
      expect(sum).toBe(Object.values(trial.endpoints).reduce((total, { requests }) => total + requests, 0));
    }
  });

  test('have a row per effect with the interval of its verdict', () => {
    const rows = parsed(effectsCsv({ ...record, effects: record.effects.map(({ note: _, ...effect }) => effect) }));
    expect(rows).toHaveLength(record.effects.length);
    const [effect] = record.effects;
    expect(rows[0]).toMatchObject({ metric: effect?.metric, verdict: effect?.verdict ?? '' });
    expect(Number(rows[0]?.['ratio_low'])).toBeCloseTo(effect?.ratio?.low ?? Number.NaN, 5);
  });
});
