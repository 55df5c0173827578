import { describe, expect, test } from 'vitest';
import { ladderRecord } from '../../../test/fixtures/ladderRecord';
import { withNoise } from '../../../test/fixtures/noiseRun';
import { withNoDifference } from '../../../test/fixtures/noDifference';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import type { ComparisonRecord } from '../../shared/record';
import { codeSpan, escapeMarkdown } from './escapeMarkdown';
import { markdownReport } from './markdownReport';

/** Made once: its effects are dear to compute. */
const base = syntheticRecord();

const hostile = '<img src=x onerror=alert(1)> | `a` [b](http://c) @everyone';

function renamedEndpoint(record: ComparisonRecord, from: string, to: string): ComparisonRecord {
  const rename = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name === from ? to : name, value]));
  return {
    ...record,
    trials: record.trials.map((trial) => ({
      ...trial,
      latency: rename(trial.latency),
      endpoints: rename(trial.endpoints),
    })),
  };
}

function withCandidates(record: ComparisonRecord, names: readonly string[]): ComparisonRecord {
  const template = record.variants[1];
  if (template === undefined) throw new Error('The synthetic record has a candidate.');
  return {
    ...record,
    variants: [...record.variants.slice(0, 1), ...names.map((name) => ({ ...template, name }))],
    effects: names.flatMap((candidate) => record.effects.map((effect) => ({ ...effect, candidate }))),
  };
}

describe('the Markdown report', () => {
  test('prints beside "within ±" the interval that this word comes from, of one candidate and of several', () => {
    expect(markdownReport(withNoDifference(base))).toMatch(/\| 90 % CI −0\.5 to \+0\.6 \| within ±2 % \|/);
    const several = withCandidates(withNoDifference(base), ['one', 'two', 'three']);
    expect(markdownReport(several)).toMatch(/\+0\.1 % \(90 % CI −0\.5 to \+0\.6\): within ±2 %/);
  });

  test('says the verdict first and names the largest contributor', () => {
    const record = base;
    const report = markdownReport(record);
    expect(report.split('\n')[3]?.replaceAll('\\', '')).toContain(record.sentence);
    expect(report).toMatch(/Largest contribution to the mean latency: `GET \/` \+0\.\d+ ms/);
    expect(report).toContain('| CPU per request | 4.76 ms | 5.08 ms |');
  });

  test('puts the headline metrics first, in the order of the record', () => {
    const rows = markdownReport(base)
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| | ') && !line.startsWith('| ---'));
    expect(rows.slice(0, 4).map((row) => row.split(' | ')[0])).toEqual([
      '| CPU per request',
      '| Mean latency',
      '| Capacity',
      '| CPU per request when busy',
    ]);
  });

  test('stays under 60 lines with many candidates, warnings and budgets', () => {
    const warnings = Array.from({ length: 30 }, (_, index) => ({
      code: 'x',
      message: `Cause ${index}`,
      advice: 'Do it',
    }));
    const budgets = [{ metric: 'error_rate', limit: '1%', result: 'pass' as const }];
    const record = { ...base, warnings, budgets };
    for (const count of [1, 2, 3, 7]) {
      const names = Array.from({ length: count }, (_, index) => `variant_${index}`);
      expect(markdownReport(withCandidates(record, names)).split('\n').length).toBeLessThan(60);
    }
  });

  test('puts three candidates side by side, with the steps between them below', () => {
    const lines = markdownReport(ladderRecord()).split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines).toContain('| | no\\_honeybadger | without\\_insights | collect\\_only | with\\_insights |');
    const change = String.raw`[+−][\d.]+ ms, [+−][\d.]+ % \([+−][\d.]+ to [+−][\d.]+\): \w+`;
    expect(lines.find((line) => line.startsWith('| CPU per request (99.58 % CI) '))).toMatch(
      new RegExp(
        String.raw`^\| CPU per request \(99\.58 % CI\) \| [\d.]+ ms \| ${change} \| ${change} \| ${change} \|$`,
      ),
    );
    const steps = lines.findIndex((line) => line.startsWith('| Step by step (exploratory, 95 % CI) | without'));
    const step = String.raw`[+−][\d.]+ % \([+−][\d.]+ to [+−][\d.]+\)`;
    expect(lines[steps + 2]).toMatch(new RegExp(String.raw`^\| CPU per request \| ${step} \| ${step} \| ${step} \|$`));
  });

  test("shows the machine's noise floor beside each headline effect and in a line", () => {
    const report = markdownReport(withNoise(base));
    expect(report).toMatch(/\| CPU per request \|.* 98\.75 % CI \+4\.3 to \+8\.9 \(noise ±4\.1 %\) \| costlier \|/);
    expect(report).toContain("\nThis machine's noise floor: CPU per request ±4.1 %, ");
    expect(report).not.toContain('can resolve');
    expect(report.split('\n').length).toBeLessThan(60);
  });

  test('of the baseline against itself has what the machine can resolve, under 60 lines too', () => {
    const warnings = Array.from({ length: 30 }, (_, index) => ({
      code: 'x',
      message: `Cause ${index}`,
      advice: 'Do it',
    }));
    const budgets = [{ metric: 'error_rate', limit: '1%', result: 'pass' as const }];
    const lines = markdownReport(
      withNoise({ ...base, warnings, budgets, plan: { ...base.plan, purpose: 'aa' } }),
    ).split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines).toContain('| light\\_load | 6 × 20 s | about 8 min | ±4.1 % | ±6.4 % | ±3.6 % | ±3.6 % |');
    expect(lines.join('\n')).not.toContain('Largest contribution');
    expect(lines.join('\n')).toMatch(/Half of the 98\.75 % interval .* false claims: none\./);
  });

  test('gives a hostile endpoint name no effect', () => {
    const report = markdownReport(renamedEndpoint(base, 'GET /', hostile));
    expect(report).toContain(`\`\` ${hostile} \`\``);
    expect(report.replaceAll(`\`\` ${hostile} \`\``, '')).not.toContain('<img');
  });

  test('gives hostile variant names and warnings no effect', () => {
    const warnings = [{ code: 'x', message: hostile, advice: hostile }];
    const report = markdownReport(withCandidates({ ...base, warnings }, [hostile]));
    expect(report).not.toContain('<img');
    expect(report).not.toContain('@everyone');
    const head = report.split('\n').find((line) => line.startsWith('| | '));
    expect(head?.match(/(?<!\\)\|/g)).toHaveLength(8);
  });

  test('escapes what would be markup, and nothing else', () => {
    expect(escapeMarkdown('a_b*c|d<e>&f\ng')).toBe('a\\_b\\*c\\|d&lt;e&gt;&amp;f g');
    expect(escapeMarkdown('+0.31 ms (+6.2 %)')).toBe('+0.31 ms (+6.2 %)');
    expect(codeSpan('a`b``c')).toBe('``` a`b``c ```');
  });
});
