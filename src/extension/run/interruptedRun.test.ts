import { describe, expect, test } from 'vitest';
import {
  clearInterruptedRun,
  interruptedRun,
  rememberRun,
  startedRecordPath,
  type WorkspaceState,
} from './interruptedRun';

/** Keeps values as VS Code does: as JSON, `undefined` removes. */
function fakeState(value?: unknown): WorkspaceState {
  const kept = new Map<string, string>();
  return {
    get: (key): unknown => {
      const json = kept.get(key);
      return json === undefined ? value : JSON.parse(json);
    },
    update: (key, next) => {
      if (next === undefined) kept.delete(key);
      else kept.set(key, JSON.stringify(next));
      return Promise.resolve();
    },
  };
}

const folder = '/app';

describe('a run that its window interrupts', () => {
  test('is known after a reload, with where its record is, until it is cleared', async () => {
    const state = fakeState();
    expect(interruptedRun(state)).toBeNull();
    await rememberRun(state, { folder, recordPath: null });
    expect(interruptedRun(state)).toEqual({ folder, recordPath: null });
    await rememberRun(state, { folder, recordPath: '/app/x.json' });
    expect(interruptedRun(state)).toEqual({ folder, recordPath: '/app/x.json' });
    await clearInterruptedRun(state);
    expect(interruptedRun(state)).toBeNull();
  });

  test.each([[null], ['text'], [{ folder }], [{ folder, recordPath: 7 }], [{ folder: 7, recordPath: null }]])(
    '%j is none',
    (value) => {
      expect(interruptedRun(fakeState(value))).toBeNull();
    },
  );

  test('learns from the start of a comparison where its record will be', () => {
    expect(startedRecordPath({ atMs: 1, type: 'run-finished', exitCode: 0 })).toBeNull();
    const event = { atMs: 1, type: 'comparison-started', folder: '/app/.insights-comparison/runs/x' };
    expect(startedRecordPath(event as Parameters<typeof startedRecordPath>[0])).toBe(
      '/app/.insights-comparison/runs/x/comparison.insights.json',
    );
  });
});
