import { describe, expect, test } from 'vitest';
import { feedUntil, isSample, syntheticFeed } from '../../test/panelPage/syntheticFeed';
import { advanceLiveRun, emptyLiveRun, type LiveRun } from '../../src/shared/liveRun';
import { createLiveLines } from './liveLines';
import { liveMeasures, shownKind } from './liveMeasures';

const feed = syntheticFeed();
const variants = [
  { name: 'without_insights', index: 0 },
  { name: 'with_insights', index: 1 },
];

function runBefore(position: number, second: number): LiveRun {
  return feedUntil(feed, isSample(position, second)).reduce(advanceLiveRun, emptyLiveRun);
}

function measure(label: string): (typeof liveMeasures)[number] {
  const found = liveMeasures.find((each) => each.label === label);
  if (found === undefined) throw new Error(`No measure is called ${label}.`);
  return found;
}

describe('the lines of a live chart', () => {
  test('hold the newest trial of each variant in full and the earlier ones faint, of the kind that is on', () => {
    const run = runBefore(14, 6);
    expect(shownKind(run)).toBe('scenario');
    const lines = createLiveLines(measure('Throughput'))(run, variants, 'scenario');
    expect(lines.map(({ name, isFaint = false, points }) => [name, isFaint, points.length])).toEqual([
      ['without_insights', true, 30],
      ['without_insights', true, 30],
      ['without_insights', true, 30],
      ['without_insights', false, 30],
      ['with_insights', true, 30],
      ['with_insights', true, 30],
      ['with_insights', true, 30],
      ['with_insights', false, 6],
    ]);
  });

  test('tell percentiles apart by name and width, and keep earlier trials of p95 alone', () => {
    const lines = createLiveLines(measure('Latency'))(runBefore(14, 6), variants, 'scenario');
    const bold = lines.filter(({ isFaint }) => isFaint !== true);
    expect(bold.map(({ name, endLabel }) => [name, endLabel])).toEqual(
      variants.flatMap(({ name }) => ['p50', 'p95', 'p99'].map((curve) => [`${name} ${curve}`, curve])),
    );
    expect(new Set(bold.map(({ width }) => width)).size).toBe(3);
    expect(lines.filter(({ isFaint }) => isFaint === true).every(({ name }) => name.endsWith('p95'))).toBe(true);
  });

  test('are those of capacity, in their own range, while a capacity trial is on', () => {
    const run = runBefore(15, 6);
    expect(shownKind(run)).toBe('capacity');
    const lines = createLiveLines(measure('Throughput'))(run, variants, 'capacity');
    expect(Math.min(...lines.flatMap(({ points }) => points.map(({ y }) => y)))).toBeGreaterThan(300);
  });

  test('keep the points of seconds that they held before', () => {
    const makeLines = createLiveLines(measure('CPU'));
    const before = makeLines(runBefore(14, 6), variants, 'scenario').at(-1)?.points ?? [];
    const after = makeLines(runBefore(14, 9), variants, 'scenario').at(-1)?.points ?? [];
    expect(after).toHaveLength(9);
    expect(after.slice(0, 6).map((point, index) => point === before[index])).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
  });
});
