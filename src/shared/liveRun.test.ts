import { describe, expect, test } from 'vitest';
import { comparisonFeed, feedUntil, isSample, syntheticFeed } from '../../test/panelPage/syntheticFeed';
import { syntheticPlan } from '../../test/fixtures/syntheticTrials';
import type { RunEvent, RunEventBody, Sample, TrialRef } from './events';
import {
  advanceLiveRun,
  emptyLiveRun,
  keptLineCharacters,
  keptLogLines,
  keptSecondsPerTrial,
  keptTrialsPerVariant,
  type LiveRun,
} from './liveRun';

function after(events: readonly RunEvent[], run: LiveRun = emptyLiveRun): LiveRun {
  return events.reduce(advanceLiveRun, run);
}

function at(body: RunEventBody, atMs = 1): RunEvent {
  return { ...body, atMs };
}

const feed = syntheticFeed();
const trial: TrialRef = { position: 0, of: 4, block: 0, blocks: 2, variant: 'a', kind: 'scenario' };

function sampleAt(atSeconds: number): Sample {
  const found = feed.find((event) => event.type === 'sample');
  if (found?.type !== 'sample') throw new Error('The feed has no sample.');
  return { ...found.sample, atSeconds };
}

describe('a live run', () => {
  test('is starting until the first event, runs, and has ended after the last', () => {
    expect(emptyLiveRun.state).toBe('starting');
    const [first] = feed;
    expect(after(feed.slice(0, 1))).toMatchObject({ state: 'running', startedAtMs: first?.atMs, targets: ['flask'] });
    expect(after(feed)).toMatchObject({ state: 'ended', exitCode: 0, error: null, trial: null, phase: null });
  });

  test('has begun with a line that comes before the run is announced', () => {
    const run = after([at({ type: 'log', source: 'insights-comparison', line: 'Cleaned up' }, 7)]);
    expect(run).toMatchObject({ state: 'running', startedAtMs: 7 });
  });

  test('knows trial, phase, its planned length and what was measured so far', () => {
    const run = after(feedUntil(feed, isSample(1, 8)));
    expect(run.trial?.position).toBe(1);
    expect(run.finishedTrials.map(({ trial: done, isVerified }) => [done.position, isVerified])).toEqual([[0, true]]);
    expect(run.trials.map((live) => live.trial.position)).toEqual([0, 1]);
    expect(run.trials.at(-1)?.seconds.at(-1)?.atSeconds).toBe(7);
    expect(run.phase).toMatchObject({ name: 'measuring', seconds: 10 });
    expect(run.progress?.remainingSeconds).toBeGreaterThan(0);
  });

  test('goes on by the plan that --until has fixed', () => {
    const before = feedUntil(feed, isSample(1, 8));
    const plan = syntheticPlan({ blocks: 12, until: { halfWidth: 0.02, firstBlocks: 6 } });
    const run = after([...before, at({ type: 'plan-changed', plan, message: '12 blocks in all' })]);
    expect(run.comparison).toEqual({ ...after(before).comparison, plan });
    expect(after([at({ type: 'plan-changed', plan, message: '' })]).comparison).toBeNull();
  });

  test('knows which finished trials were disturbed', () => {
    const finished = feed.find((event) => event.type === 'trial-finished');
    if (finished?.type !== 'trial-finished') throw new Error('The feed finishes no trial.');
    expect(after([finished, { ...finished, disturbed: true }]).finishedTrials.map((done) => done.isDisturbed)).toEqual([
      false,
      true,
    ]);
  });

  test('keeps the place of a check while its state changes', () => {
    const run = after([
      at({ type: 'preflight', check: 'a', state: 'running', message: 'Trying a' }),
      at({ type: 'preflight', check: 'b', state: 'running', message: 'Trying b' }),
      at({ type: 'preflight', check: 'a', state: 'failed', message: 'a: GET / failed' }),
    ]);
    expect(run.preflight.map(({ check, state }) => [check, state])).toEqual([
      ['a', 'failed'],
      ['b', 'running'],
    ]);
  });

  test('shows the wait for an exit until the next phase', () => {
    const wait = at({ type: 'exit-wait', process: 'flask', elapsedSeconds: 4, limitSeconds: 130 });
    const waiting = after([at({ type: 'trial-started', trial }), wait]);
    expect(waiting.exitWait).toEqual({ process: 'flask', elapsedSeconds: 4, limitSeconds: 130 });
    expect(after([at({ type: 'phase', trial, phase: 'verifying', seconds: null })], waiting).exitWait).toBeNull();
  });

  test('stays stopping until it has ended', () => {
    const stopping = after([at({ type: 'stopping', reason: 'stopped by the user' })]);
    expect(stopping.state).toBe('stopping');
    expect(after([at({ type: 'trial-started', trial })], stopping).state).toBe('stopping');
    expect(after([at({ type: 'run-finished', exitCode: 130 })], stopping)).toMatchObject({
      state: 'ended',
      exitCode: 130,
    });
  });

  test('keeps the results and the log, and nothing else, when the next target begins', () => {
    const clock = { atMs: 5 };
    const first = comparisonFeed(syntheticPlan({ blocks: 3 }), ['without_insights', 'with_insights'], clock);
    const warned = after([...first, at({ type: 'warning', warning: { code: 'x', message: 'm', advice: 'a' } })]);
    const [next] = comparisonFeed(syntheticPlan({ target: 'django' }), ['a', 'b'], clock);
    const run = after(next === undefined ? [] : [next], warned);
    expect(run.results.map(({ target, outcome }) => [target, outcome])).toEqual([['flask', 'complete']]);
    expect(run.log).toEqual(warned.log);
    expect(run.comparison?.plan.target).toBe('django');
    expect([run.preflight, run.finishedTrials, run.trials, run.estimates, run.warnings]).toEqual([[], [], [], [], []]);
  });

  test('tells why a run ended without a record', () => {
    const run = after([
      at({ type: 'run-finished', exitCode: 2, error: { message: 'No such target', hint: 'Name one' } }),
    ]);
    expect(run.error).toEqual({ message: 'No such target', hint: 'Name one' });
  });

  test('says a warning once', () => {
    const warning = { code: 'debug_on', message: 'DEBUG is on', advice: 'Switch it off' };
    expect(after([at({ type: 'warning', warning }), at({ type: 'warning', warning })]).warnings).toEqual([warning]);
  });

  test('changes neither the run nor the event it was given', () => {
    const frozen = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
      Object.values(Object.freeze(value)).forEach(frozen);
    };
    frozen(feed);
    let run = emptyLiveRun;
    for (const event of feed) {
      frozen(run);
      run = advanceLiveRun(run, event);
    }
    expect(run.results).toHaveLength(1);
  });
});

describe('a live run of any length', () => {
  test('keeps the trial that is on and the newest of each variant and kind', () => {
    const many = Array.from({ length: 60 }, (_, position): RunEvent => {
      const kind = position % 4 < 2 ? 'scenario' : 'capacity';
      return at({
        type: 'trial-started',
        trial: { ...trial, position, kind, variant: position % 2 === 0 ? 'a' : 'b' },
      });
    });
    const { trials } = after(many);
    expect(trials).toHaveLength(4 * keptTrialsPerVariant + 1);
    expect(trials.map((live) => live.trial.position)).toEqual(Array.from({ length: 25 }, (_, index) => 35 + index));
  });

  test('thins the past of a long trial, but keeps its first and its newest second', () => {
    const seconds = Array.from({ length: 5000 }, (_, second) =>
      at({ type: 'sample', trial, sample: sampleAt(second) }),
    );
    const [live] = after([at({ type: 'trial-started', trial }), ...seconds]).trials;
    const times = live?.seconds.map(({ atSeconds }) => atSeconds) ?? [];
    expect(times.length).toBeLessThanOrEqual(keptSecondsPerTrial);
    expect(times.length).toBeGreaterThan(keptSecondsPerTrial / 2);
    expect([times[0], times.at(-1)]).toEqual([0, 4999]);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('keeps the newest lines of the log, and the beginning of a long one', () => {
    const lines = Array.from({ length: 1000 }, (_, index) =>
      at({ type: 'log', source: 'flask', line: `line ${index}` }),
    );
    const run = after([...lines, at({ type: 'log', source: 'flask', line: 'x'.repeat(1e6) })]);
    expect(run.log).toHaveLength(keptLogLines);
    expect(run.log[0]?.line).toBe(`line ${1001 - keptLogLines}`);
    expect(run.log.at(-1)?.line).toHaveLength(keptLineCharacters + 1);
  });
});
