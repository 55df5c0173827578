import { describe, expect, test } from 'vitest';
import type { OutageMode } from '../../shared/outage';
import type { VariantPlan } from '../../shared/plan';
import type { Exit } from '../../shared/record';
import { exitWaitOf } from './exitWaitOf';

function variant(outage?: OutageMode): VariantPlan {
  return { name: 'ill', envFiles: [], environment: {}, insightsEnabled: true, outage };
}

const inFull: Exit = { code: 0, signal: null, forced: false };
const cutShort: Exit = { code: null, signal: 'SIGKILL', forced: true, forcedReason: 'exit_wait_measured_once' };

describe('the wait at exit', () => {
  test('of a healthy variant is never cut short', () => {
    expect(exitWaitOf(variant(), 'scenario', [{ variant: 'ill', exit: inFull }])).toBe('full');
    expect(exitWaitOf(variant(), 'capacity', [])).toBe('full');
  });

  test('of an outage is measured in the first scenario trial, and known from then on', () => {
    expect(exitWaitOf(variant('hang'), 'scenario', [])).toBe('full');
    expect(exitWaitOf(variant('hang'), 'scenario', [{ variant: 'another', exit: inFull }])).toBe('full');
    expect(exitWaitOf(variant('hang'), 'scenario', [{ variant: 'ill', exit: inFull }])).toBe('known');
  });

  test('that outlasted even the full wait is known too, one that was cut short is not', () => {
    const outlasted: Exit = { code: null, signal: 'SIGKILL', forced: true };
    expect(exitWaitOf(variant('429'), 'scenario', [{ variant: 'ill', exit: outlasted }])).toBe('known');
    expect(exitWaitOf(variant('429'), 'scenario', [{ variant: 'ill', exit: cutShort }])).toBe('full');
  });

  test('is not measured in capacity trials', () => {
    expect(exitWaitOf(variant('500'), 'capacity', [])).toBe('known');
  });

  test('is left alone where a slow Honeybadger still takes what is sent', () => {
    expect(exitWaitOf(variant('slow'), 'scenario', [{ variant: 'ill', exit: inFull }])).toBe('full');
    expect(exitWaitOf(variant('slow'), 'capacity', [])).toBe('full');
  });
});
