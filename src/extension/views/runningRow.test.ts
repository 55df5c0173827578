import { describe, expect, test } from 'vitest';
import { emptyLiveRun } from '../../shared/liveRun';
import { runningRow } from './runningRow';
import { testLiveRun } from './testLiveRun';

describe('the row of the run that is on', () => {
  test('says target, block, variant, phase and the time left of the whole plan', () => {
    expect(runningRow(testLiveRun())).toEqual({
      label: 'flask · quick',
      description: 'block 1/3 · with_insights · measuring · 1:42 left',
      accessibleLabel: 'Running: flask · quick, block 1/3 · with_insights · measuring · 1:42 left',
    });
  });

  test('says that it is being prepared before anything is known', () => {
    expect(runningRow(emptyLiveRun)).toMatchObject({ label: 'Starting', description: 'checking and preparing' });
  });

  test('says when the closed loop is on', () => {
    const run = testLiveRun();
    const trial = run.trial && { ...run.trial, kind: 'capacity' as const };
    expect(runningRow({ ...run, trial }).description).toContain('with_insights · capacity · measuring');
  });

  test('counts down while the app is waited for, and promises no end once it is being stopped', () => {
    const exitWait = { process: 'flask', elapsedSeconds: 3, limitSeconds: 15 };
    const stopping = testLiveRun({ state: 'stopping' });
    expect(runningRow({ ...stopping, exitWait }).description).toBe('waiting for flask to exit, 0:12 at most');
    expect(runningRow(stopping).description).toBe('stopping');
  });
});
