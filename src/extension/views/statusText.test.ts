import { describe, expect, test } from 'vitest';
import { emptyLiveRun, type LiveRun } from '../../shared/liveRun';
import { testSummary } from '../../../test/fixtures/testSummary';
import { statusText, type ShownSummary } from './statusText';
import { testLiveRun, testResult } from './testLiveRun';

const ended = (change: Partial<LiveRun> = {}): LiveRun =>
  testLiveRun({ state: 'ended', trial: null, phase: null, results: [testResult()], exitCode: 0, ...change });

describe('the status bar while a run is on', () => {
  test('shows which trial of how many, and the time left of the whole plan', () => {
    expect(statusText(testLiveRun(), null)).toEqual({
      text: '$(sync) Insights 3/12 · 1:42',
      tooltip: 'A comparison of flask is on. Click to see it.',
      accessibleLabel: 'Insights comparison is running, trial 3 of 12, 1:42 left',
    });
  });

  test('shows that it begins, and that it is being stopped', () => {
    expect(statusText(emptyLiveRun, null).text).toBe('$(sync) Insights');
    expect(statusText(testLiveRun({ state: 'stopping' }), null).text).toBe('$(sync) Insights stopping');
  });
});

describe('the status bar after a run', () => {
  test.each([
    ['CPU +6.2 % · p95 ≈', '$(check) Insights +6.2 % CPU'],
    ['CPU −1.4 % · p95 ?', '$(check) Insights −1.4 % CPU'],
    ['CPU ≈ · p95 ≈', '$(check) Insights CPU ≈'],
    ['busy CPU +3 %', '$(check) Insights +3 % busy CPU'],
    ['on: CPU +6.2 % · p95 ≈ | half: CPU ≈', '$(check) Insights on: +6.2 % CPU'],
  ])('shows of the label %j the first verdict: %s', (label, text) => {
    expect(statusText(ended(), testSummary({ label })).text).toBe(text);
  });

  test.each<[Partial<ShownSummary>, string]>([
    [{ verdict: 'decrease', label: 'CPU −1 %' }, '$(check) Insights −1 % CPU'],
    [{ verdict: 'equivalent', label: 'CPU ≈' }, '$(check) Insights CPU ≈'],
    [{ verdict: 'inconclusive', label: 'CPU ?' }, '$(question) Insights CPU ?'],
    [{ verdict: null, label: 'nothing judged' }, '$(dash) Insights nothing judged'],
    [{ purpose: 'aa', label: 'A/A: CPU ±1.2 %' }, '$(pulse) Insights A/A: CPU ±1.2 %'],
  ])('of %j the icon says whether it is settled', (change, text) => {
    expect(statusText(ended(), testSummary(change)).text).toBe(text);
  });

  test('claims nothing before the record is read', () => {
    expect(statusText(ended(), null).text).toBe('$(graph-line) Insights done');
  });

  const failure = { message: 'The app did not start', hint: null };
  test.each<[string, Partial<LiveRun>, string]>([
    ['stopped', { exitCode: 130, results: [testResult({ outcome: 'partial' })] }, '$(circle-slash) Insights stopped'],
    ['failed before a target', { exitCode: 2, results: [], error: failure }, '$(warning) Insights failed'],
    [
      'failed',
      { exitCode: 3, results: [testResult({ outcome: 'failed', error: failure })] },
      '$(warning) Insights failed',
    ],
    ['invalid', { exitCode: 5, results: [testResult({ outcome: 'invalid' })] }, '$(warning) Insights invalid'],
    ['partial', { exitCode: 3, results: [testResult({ outcome: 'partial' })] }, '$(warning) Insights partial'],
    ['over its budget', { exitCode: 1 }, '$(warning) Insights +6.2 % CPU, budget exceeded'],
  ])('that was %s shows it by icon and word', (_, change, text) => {
    expect(statusText(ended(change), testSummary({ label: 'CPU +6.2 % · p95 ≈' })).text).toBe(text);
  });

  test('tells in the tooltip what went wrong', () => {
    const run = ended({ exitCode: 3, results: [testResult({ outcome: 'failed', sentence: null, error: failure })] });
    expect(statusText(run, null).tooltip).toMatch(/^The app did not start\n/);
  });

  test('a name makes no icon', () => {
    expect(statusText(ended(), testSummary({ label: '$(bug): CPU ≈' })).text).toBe('$(check) Insights $ (bug): CPU ≈');
  });
});
