import { describe, expect, test } from 'vitest';
import { comparisonFeed, feedUntil } from '../../test/panelPage/syntheticFeed';
import { syntheticPlan, syntheticVariants } from '../../test/fixtures/syntheticTrials';
import type { RunEvent, TrialRef } from '../../src/shared/events';
import { advanceLiveRun, emptyLiveRun, type LiveRun } from '../../src/shared/liveRun';
import { liveBlocks } from './liveBlocks';

const plan = syntheticPlan({ blocks: 3 });
const feed = comparisonFeed(plan, syntheticVariants, { atMs: 0 });
/** Everything of the first two blocks. */
const twoBlocks = feedUntil(feed, (event) => event.type === 'trial-started' && event.trial.block === 2);

/** The events of a block again, as its repetition. */
function repeated(events: readonly RunEvent[]): RunEvent[] {
  return events.flatMap((event) =>
    'trial' in event && event.trial.block === 1
      ? [{ ...event, trial: { ...event.trial, attempt: 1, position: event.trial.position + 4 } }]
      : [],
  );
}

const disturb = (event: RunEvent): RunEvent =>
  event.type === 'trial-finished' && event.trial.position === 5 ? { ...event, disturbed: true } : event;
const runOf = (events: readonly RunEvent[]): LiveRun => events.reduce(advanceLiveRun, emptyLiveRun);
const shown = (run: LiveRun): unknown =>
  liveBlocks(run).map(({ block, isRepetition, isDisturbed, trials }) => [
    `${block}${isRepetition ? ' again' : ''}${isDisturbed ? ' disturbed' : ''}`,
    new Set(trials.map(({ state }) => state)),
  ]);

describe('the strip of blocks', () => {
  test('shows a disturbed block and its repetition behind it, each with its own trials', () => {
    expect(shown(runOf([...twoBlocks.map(disturb), ...repeated(twoBlocks)]))).toEqual([
      ['0', new Set(['verified'])],
      ['1 disturbed', new Set(['verified'])],
      ['1 again', new Set(['verified'])],
      ['2', new Set(['pending'])],
    ]);
  });

  test('shows the repetition from its first trial on', () => {
    const again = repeated(twoBlocks);
    const begun = again.slice(0, 1 + again.findIndex(({ type }) => type === 'trial-started'));
    const blocks = liveBlocks(runOf([...twoBlocks.map(disturb), ...begun]));
    expect(blocks[2]?.trials.map(({ state }) => state)).toEqual(['on', 'pending', 'pending', 'pending']);
    expect(blocks[1]?.trials.map(({ state }) => state)).toEqual(['verified', 'verified', 'verified', 'verified']);
  });

  test('knows a trial that was begun and never finished', () => {
    const trial: TrialRef = {
      ...{ position: 8, of: 12, block: 2, blocks: 3 },
      ...(plan.order[2]?.[0] ?? { variant: '', kind: 'scenario' }),
    };
    const stopped = runOf([
      ...twoBlocks,
      { atMs: 1, type: 'trial-started', trial },
      { atMs: 2, type: 'run-finished', exitCode: 130 },
    ]);
    expect(liveBlocks(stopped)[2]?.trials.map(({ state }) => state)).toEqual([
      'undone',
      'pending',
      'pending',
      'pending',
    ]);
  });

  test('grows with the plan when --until has fixed the blocks', () => {
    const more = syntheticPlan({ blocks: 5, until: { halfWidth: 0.02, firstBlocks: 3 } });
    const run = runOf([...twoBlocks, { atMs: 1, type: 'plan-changed', plan: more, message: '5 blocks in all' }]);
    expect(liveBlocks(run)).toHaveLength(5);
    expect(
      liveBlocks(run)
        .slice(0, 2)
        .flatMap(({ trials }) => trials.map(({ state }) => state)),
    ).toEqual(Array.from({ length: 8 }, () => 'verified'));
  });
});
