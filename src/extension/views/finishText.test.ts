import { describe, expect, test } from 'vitest';
import type { LiveRun } from '../../shared/liveRun';
import { finishText } from './finishText';
import { testLiveRun, testResult } from './testLiveRun';

const ended = (change: Partial<LiveRun>): LiveRun =>
  testLiveRun({ state: 'ended', trial: null, phase: null, exitCode: 0, results: [testResult()], ...change });

describe('what is told when a run has ended', () => {
  test('is the sentence of its result', () => {
    expect(finishText(ended({}))).toEqual({
      kind: 'result',
      message: 'Insights costs +0.31 ms CPU per request (+6.2 %).',
    });
  });

  test('names each of several targets', () => {
    const results = [testResult({ sentence: 'A.' }), testResult({ target: 'django', id: '2', sentence: 'B' })];
    expect(finishText(ended({ results }))).toEqual({ kind: 'result', message: 'flask: A. django: B.' });
  });

  test('is still the result when a budget failed', () => {
    expect(finishText(ended({ exitCode: 1 })).kind).toBe('result');
  });

  test('is nothing when the user stopped it', () => {
    expect(finishText(ended({ exitCode: 130, results: [testResult({ outcome: 'partial' })] }))).toEqual({
      kind: 'none',
    });
  });

  test('is what went wrong, and the fix', () => {
    const error = { message: 'No Python was found', hint: 'Install Python 3.9 or newer' };
    expect(finishText(ended({ exitCode: 3, error, results: [] }))).toEqual({
      kind: 'problem',
      message: 'No Python was found. Install Python 3.9 or newer.',
      hasRecord: false,
    });
    const results = [testResult({ outcome: 'failed', recordPath: null, sentence: null, error })];
    expect(finishText(ended({ exitCode: 3, results }))).toMatchObject({ kind: 'problem', hasRecord: false });
  });

  test('leaves a stack to the log', () => {
    const error = { message: 'Something went wrong', hint: 'Error: no\n    at x.ts:1' };
    expect(finishText(ended({ exitCode: 70, error }))).toEqual({
      kind: 'problem',
      message: 'Something went wrong. The log says more.',
      hasRecord: true,
    });
  });

  test('is the sentence of an invalid record, which can be opened', () => {
    const results = [testResult({ outcome: 'invalid', sentence: 'Invalid: events are missing.' })];
    expect(finishText(ended({ exitCode: 5, results }))).toEqual({
      kind: 'problem',
      message: 'Invalid: events are missing.',
      hasRecord: true,
    });
  });
});
