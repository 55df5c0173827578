import { describe, expect, test } from 'vitest';
import { ladderRecord } from '../../../test/fixtures/ladderRecord';
import { withNoise } from '../../../test/fixtures/noiseRun';
import { withNoDifference } from '../../../test/fixtures/noDifference';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import type { ComparisonRecord } from '../../shared/record';
import { type ClosingOptions, closingTable, hasUnicodeTerminal } from './closingTable';
import { displayWidth } from './displayWidth';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();

const options: ClosingOptions = {
  columns: 80,
  hasColour: false,
  hasUnicode: true,
  recordPath: '/runs/1/comparison.insights.json',
  reportPaths: ['/runs/1/report.md', '/runs/1/report.html'],
};

function table(record: ComparisonRecord, change: Partial<ClosingOptions> = {}): string[] {
  return closingTable(record, { ...options, ...change }).split('\n');
}

function renamed(record: ComparisonRecord, name: string): ComparisonRecord {
  const [baseline, candidate] = record.variants;
  if (baseline === undefined || candidate === undefined) throw new Error('The synthetic record has two variants.');
  return {
    ...record,
    variants: [baseline, { ...candidate, name }],
    effects: record.effects.map((effect) => ({ ...effect, candidate: name })),
  };
}

/** Paths and the command are never cut: they must be copied whole. */
function tableLines(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !/^(Record|Reports| {7} \/|Repeat)/.test(line));
}

describe('the closing table', () => {
  test('prints beside "within ±" the interval that this word comes from', () => {
    const text = table(withNoDifference(base)).join('\n');
    expect(text).toMatch(/≈ within ±2 %\n.*\(\+0\.1 %; 90 % CI −0\.5 to \+0\.6\)/);
    expect(text).not.toContain('−1.0 to +1.0');
  });

  test('has room for the words of what does not matter in its own unit', () => {
    const latency = withNoDifference({ ...base, headline: ['latency_mean_ms'] });
    const effects = latency.effects.map((effect) => ({ ...effect, smallestEffect: 0.5 }));
    expect(table({ ...latency, effects }).join('\n')).toMatch(/≈ within ±0\.5 ms\n/);
  });

  test('says the sentence, each headline metric with interval and word, the paths and the command', () => {
    const record = base;
    const text = table(record).join('\n');
    expect(text.replaceAll('\n', ' ')).toContain(record.sentence);
    expect(text).toMatch(
      /CPU per request +4\.76 ms +5\.08 ms ↑ costlier\n {2}\+0\.313 ms \(\+6\.6 %; 98\.75 % CI \+4\.3 to \+8\.9\) +[─░]+│/,
    );
    expect(text).toContain('Record  /runs/1/comparison.insights.json');
    expect(text).toContain('        /runs/1/report.html');
    expect(text).toContain(`Repeat  ${record.plan.repeatCommand}`);
  });

  test.each([80, 200, 64, 50])(
    'no line is wider than the terminal of %i columns, nor than 80, wide characters counted',
    (columns) => {
      const warnings = [{ code: 'x', message: '機械が忙しかった '.repeat(20), advice: 'Close other programs' }];
      const record = renamed({ ...base, warnings }, '日本語の環境と長い名前');
      const widths = tableLines(table(record, { columns })).map(displayWidth);
      expect(Math.max(...widths)).toBeLessThanOrEqual(Math.min(80, columns));
    },
  );

  test.each([80, 50])(
    'of four variants it has each against the first, then the steps, within %i columns',
    (columns) => {
      const ladder = ladderRecord();
      const lines = tableLines(table(ladder, { columns }));
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
      const heads = lines.filter((line) => /no_honeyb.* (without|collect|with)_/.test(line));
      expect(heads).toHaveLength(3);
      const start = lines.findIndex((line) => line.startsWith('Step by step, each against'));
      expect(lines[start + 1]).toBe('CPU per request');
      const rungs = lines.slice(start + 2, start + 5);
      expect(rungs.map((line) => line.trim().split(' ')[0])).toEqual([
        'without_insights',
        'collect_only',
        'with_insights',
      ]);
      for (const rung of rungs) expect(rung).toMatch(/ [+−][\d.]+ % \([+−][\d.]+ to [+−][\d.]+\)$/);
    },
  );

  test.each([80, 50])(
    'shows the noise floor, and of an A/A what the machine can resolve, within %i columns',
    (columns) => {
      const lines = tableLines(table(withNoise(base), { columns }));
      expect(lines.join(' ')).toContain("This machine's noise floor: CPU per request ±4.1 %");
      const check = withNoise({ ...base, plan: { ...base.plan, purpose: 'aa' } });
      const checked = tableLines(table(check, { columns }));
      expect(checked.join('\n')).toMatch(
        /\nquick +3 min +±14 % +±23 % +±12 % +±12 %\nlight_load +8 min +±4\.1 % +±6\.4 % +±3\.6 % +±3\.6 %\n/,
      );
      expect(checked.join(' ')).toContain('false claims: none.');
      for (const line of [...lines, ...checked]) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    },
  );

  test('cuts neither a word nor a metric, and gives values a line of their own where bars have no room', () => {
    const errors = base.effects.map((effect) => ({
      ...effect,
      ...(effect.metric === 'capacity_cpu_ms_per_request'
        ? { metric: 'error_rate', unit: 'share' as const, verdict: 'equivalent' as const, smallestEffect: 0.001 }
        : {}),
    }));
    for (const columns of [80, 50]) {
      const text = table(
        { ...base, effects: errors, headline: ['cpu_ms_per_request', 'error_rate'] },
        { columns },
      ).join('\n');
      expect(text).toContain('≈ within ±0.1 points');
      expect(table(base, { columns }).join('\n')).toMatch(/^CPU per request when busy /m);
    }
    expect(table(base, { columns: 50 }).join('\n')).toMatch(
      /\n {2}\S+ → \S+\nCPU per request +↑ costlier\n {2}4\.76 ms → 5\.08 ms\n {2}\+0\.313 ms /,
    );
  });

  test('cuts the names of steps, never their sizes', () => {
    const ladder = ladderRecord();
    const long = (name: string): string => (name === 'with_insights' ? name.repeat(4) : name);
    const record: ComparisonRecord = {
      ...ladder,
      variants: ladder.variants.map((variant) => ({ ...variant, name: long(variant.name) })),
      effects: ladder.effects.map((effect) => ({ ...effect, candidate: long(effect.candidate) })),
      steps: (ladder.steps ?? []).map((step) => ({ ...step, candidate: long(step.candidate) })),
    };
    const lines = tableLines(table(record, { columns: 50 }));
    const cut = lines.filter((line) => /^ {2}with_insights.*…/.test(line));
    expect(cut.length).toBeGreaterThanOrEqual(4);
    for (const line of cut) expect(line).toMatch(/ [+−][\d.]+ % \([+−]?[\d.]+ to [+−]?[\d.]+\)$/);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(50);
  });

  test('draws with ASCII alone where the terminal has no more', () => {
    const bars = table(base, { hasUnicode: false }).join('\n');
    expect(bars).not.toMatch(/[─░━●│◂▸↑↓≈]/);
  });

  test('colours only when allowed', () => {
    const sequences = /\u001b\[/;
    expect(closingTable(base, options)).not.toMatch(sequences);
    expect(closingTable(base, { ...options, hasColour: true })).toMatch(sequences);
  });

  test('says which outage a table is about, in full above it and in short over its column', () => {
    const ill = renamed(base, 'with_insights_outage_429');
    const variants = ill.variants.map((variant, index) =>
      index === 0 ? variant : { ...variant, outage: '429' as const },
    );
    const text = table({ ...ill, variants }).join('\n');
    expect(text).toContain('\nWhile Honeybadger answers 429 (with_insights_outage_429):\n');
    expect(text).toMatch(/ without_insights +outage 429\n/);
    const own = renamed(base, 'gone');
    const named = own.variants.map((variant, index) =>
      index === 0 ? variant : { ...variant, outage: 'refuse' as const },
    );
    expect(table({ ...own, variants: named }).join('\n')).toMatch(/ without_insights +gone\n/);
  });

  test('shows a record without any effect', () => {
    expect(table({ ...base, effects: [], status: 'partial', sentence: 'Partial: no verdict' })[0]).toBe(
      'Partial: no verdict.',
    );
  });

  test.each([
    [{ LANG: 'en_US.UTF-8' }, 'linux', true],
    [{ LANG: 'C' }, 'linux', false],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, 'linux', false],
    [{}, 'win32', false],
    [{ WT_SESSION: '1' }, 'win32', true],
  ])('of %j on %s it expects Unicode: %s', (env, platform, expected) => {
    expect(hasUnicodeTerminal(env, platform)).toBe(expected);
  });
});
