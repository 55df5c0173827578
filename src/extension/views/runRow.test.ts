import { describe, expect, test } from 'vitest';
import type { RecordSummary } from '../../shared/record';
import { escapeMarkdown, runRow } from './runRow';
import { testSummary } from '../../../test/fixtures/testSummary';

const summary = testSummary();
const now = Date.parse(summary.createdAt) + 2 * 60_000;

describe('the row of a run', () => {
  test('shows the verdict, and what it is the verdict of', () => {
    const row = runRow(summary, {}, now);
    expect(row.label).toBe('CPU +6.2 % · p95 ≈');
    expect(row.description).toBe('2 min ago · flask · light_load · main@a1b2c3');
    expect(row.accessibleLabel).toBe('increase: CPU +6.2 % · p95 ≈, 2 min ago · flask · light_load · main@a1b2c3');
  });

  test.each([
    [{ branch: null }, 'a1b2c3'],
    [{ commit: null }, 'main'],
    [{ branch: null, commit: null }, 'light_load'],
  ])('of the revision says what is known: %j', (change, last) => {
    expect(
      runRow({ ...summary, ...change }, {}, now)
        .description.split(' · ')
        .at(-1),
    ).toBe(last);
  });

  const states: readonly [Partial<RecordSummary>, string, string][] = [
    [{ verdict: 'increase', tone: 'worse' }, 'increase, worse', 'run'],
    [{ verdict: 'decrease', tone: 'better' }, 'decrease, better', 'run'],
    [{ verdict: 'equivalent' }, 'no difference', 'run'],
    [{ verdict: 'inconclusive' }, 'inconclusive', 'run'],
    [{ verdict: null }, 'not judged', 'run'],
    [{ purpose: 'aa', verdict: 'equivalent' }, 'noise floor', 'run'],
    [{ status: 'partial', verdict: null }, 'partial', 'run.partial'],
    [{ status: 'invalid', verdict: null }, 'invalid', 'run.invalid'],
  ];

  test.each(states)('%j is “%s” in a word, with the menu of %s', (change, word, contextValue) => {
    const row = runRow({ ...summary, ...change }, {}, now);
    expect(row.word).toBe(word);
    expect(row.contextValue).toBe(contextValue);
    expect(row.accessibleLabel.startsWith(`${word}: `)).toBe(true);
    expect(row.tooltip[0]).toContain(`(${word})`);
  });

  test('is red or green as it is worse or better, whichever way the metric went; unknown, in the colour of text', () => {
    const colours = (['worse', 'better', 'neutral'] as const).map(
      (tone) => runRow({ ...summary, verdict: 'decrease', tone }, {}, now).colour,
    );
    expect(colours).toEqual(['charts.red', 'charts.green', null]);
    expect(runRow({ ...summary, verdict: 'decrease' }, {}, now)).toMatchObject({ colour: null, word: 'decrease' });
  });

  test('has an icon of its own for each state', () => {
    const icons = states.map(([change]) => runRow({ ...summary, ...change }, {}, now).icon);
    expect(new Set(icons).size).toBe(states.length);
  });

  test('nothing in a summary becomes markup in the tooltip', () => {
    const hostile = '[x](command:evil) $(bug) <img src=x> **b** `c` https://e.x\n# h';
    const { tooltip } = runRow({ ...summary, label: hostile, target: hostile, id: hostile, branch: hostile }, {}, now);
    for (const line of tooltip.map((text) => text.replace(/^\*\*(.*)\*\* \(/, '$1 ('))) {
      expect(line).not.toMatch(/(?<!\\)[`*_[\]]|(?<!\\)\$|<|\n|(?<!\\)#|https:\/\//);
    }
  });

  test('escaped text keeps its words', () => {
    expect(escapeMarkdown('light_load (a & b)')).toBe('light\\_load \\(a &amp; b\\)');
  });
});

test('a run that was pinned, named and noted says so', () => {
  const row = runRow(summary, { pinned: true, name: 'before *the* upgrade', note: 'quiet machine' }, now);
  expect(row).toMatchObject({
    label: 'before *the* upgrade',
    description: expect.stringMatching(/^pinned · /) as unknown,
    contextValue: 'run.pinned',
  });
  expect(row.description).toContain(summary.label);
  expect(row.tooltip.slice(0, 2)).toEqual([expect.stringContaining('before \\*the\\* upgrade'), 'quiet machine']);
  expect(runRow({ ...summary, status: 'partial' }, { pinned: true }, now).contextValue).toBe('run.partial.pinned');
});
