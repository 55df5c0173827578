import { describe, expect, test } from 'vitest';
import { emptyLiveRun, type LiveRun, type TargetResult } from '../../shared/liveRun';
import { panelContent, panelTitle } from './panelContent';

const result = (target: string, recordPath: string | null = `/runs/${target}.insights.json`): TargetResult => ({
  target,
  id: target,
  outcome: 'complete',
  recordPath,
  sentence: null,
  error: null,
});
const ended = (results: readonly TargetResult[], targets = results.map(({ id }) => id)): LiveRun => ({
  ...emptyLiveRun,
  state: 'ended',
  targets,
  results,
});

describe('what a panel shows', () => {
  test('a run as long as it is on, even when the record of its target is there already', () => {
    const run: LiveRun = { ...ended([result('flask')]), state: 'running' };
    expect(panelContent(run, '/old.insights.json')).toEqual({ type: 'live', run });
  });

  test('the record of the one target, once the run has ended', () => {
    expect(panelContent(ended([result('flask')]), '/old.insights.json')).toEqual({
      type: 'record',
      recordPath: '/runs/flask.insights.json',
    });
  });

  test('the run with its list of results, when there were several targets', () => {
    const both = ended([result('flask'), result('django')]);
    expect(panelContent(both, null)?.type).toBe('live');
    const stoppedAfterFirst = ended([result('flask')], ['flask', 'django']);
    expect(panelContent(stoppedAfterFirst, null)?.type).toBe('live');
  });

  test('the run with its error, when it left no record', () => {
    expect(panelContent(ended([]), null)?.type).toBe('live');
    expect(panelContent(ended([result('flask', null)]), null)?.type).toBe('live');
  });

  test('after a reload of the window the record it showed before', () => {
    expect(panelContent(null, '/old.insights.json')).toEqual({ type: 'record', recordPath: '/old.insights.json' });
    expect(panelContent(null, null)).toBeNull();
  });
});

describe('the title of a panel', () => {
  test('names target and scenario, before they are known the folder', () => {
    expect(panelTitle(null, '/home/someone/shop')).toBe('Insights: shop');
    const scenario = {
      name: 'quick',
      behaviour: 'x',
      load: { type: 'users', users: 1, spawnRatePerSecond: 1 },
      durationSeconds: 1,
    } as const;
    expect(panelTitle({ target: 'flask', scenario }, '/home/someone/shop')).toBe('Insights: flask · quick');
  });
});
