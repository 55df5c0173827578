import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { syntheticRecord } from '../../../test/fixtures/syntheticTrials';
import type { ComparisonRecord } from '../../shared/record';
import { trendsOf } from '../../shared/trend';
import { recordHistory, trendRuns, type SaidRun } from './recordHistory';
import { headlineFileName, recordFileName } from './runFolder';
import { summariseHeadline, summariseRecord } from './summariseRecord';

let results: string;
const base = syntheticRecord();
const dayMs = 86_400_000;

function recordOf(day: number, change: Partial<ComparisonRecord> = {}): ComparisonRecord {
  const createdAt = new Date(Date.UTC(2026, 10, 1) + day * dayMs).toISOString();
  return { ...base, id: `run-${day}`, createdAt, ...change };
}

/** Writes the record, and its headline beside it; `isOld`: as earlier versions did, which wrote none. */
async function kept(record: ComparisonRecord, annotation: SaidRun['annotation'] = {}, isOld = false): Promise<SaidRun> {
  const folder = path.join(results, 'runs', record.id);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, recordFileName), JSON.stringify(record));
  const headline = { schemaVersion: 1, effects: summariseHeadline(record) };
  if (!isOld) await writeFile(path.join(folder, headlineFileName), JSON.stringify(headline));
  return { folder, annotation, summary: summariseRecord(record) };
}

beforeAll(async () => {
  results = await mkdtemp(path.join(os.tmpdir(), 'ic-history-'));
});
afterAll(async () => rm(results, { recursive: true, force: true }));

describe('the history of a record', () => {
  test('has the complete comparisons of its target and scenario, the oldest first, old summaries too', async () => {
    const shown = recordOf(9);
    const runs = [
      await kept(shown),
      await kept(recordOf(3), {}, true),
      await kept(recordOf(5)),
      await kept(recordOf(6, { status: 'partial' })),
      await kept(recordOf(7, { plan: { ...base.plan, target: 'other' } })),
      await kept(recordOf(8, { plan: { ...base.plan, purpose: 'aa' } })),
    ];
    const history = await recordHistory(shown, runs);
    expect(history.runs.map(({ id }) => id)).toEqual(['run-3', 'run-5', 'run-9']);
    expect(history.comparedWith).toMatchObject({ id: 'run-5', because: 'before' });
    const trends = trendsOf(history.runs);
    expect(trends.map(({ metric }) => metric)).toEqual(base.headline);
    expect(trends[0]?.points.map(({ run }) => run.id)).toEqual(['run-3', 'run-5', 'run-9']);
  });

  test('compares with the pinned run, however old, even with one that is newer', async () => {
    const shown = recordOf(2);
    const runs = [
      await kept(recordOf(0), { pinned: true, name: 'Before' }),
      await kept(recordOf(1)),
      await kept(shown),
    ];
    expect((await recordHistory(shown, runs)).comparedWith).toMatchObject({
      id: 'run-0',
      name: 'Before',
      because: 'pinned',
    });
    const newer = [...runs, await kept(recordOf(4), { pinned: true })];
    expect((await recordHistory(shown, newer)).comparedWith).toMatchObject({ id: 'run-4' });
  });

  test('has nothing to compare with for the first run, or the pinned one itself', async () => {
    const shown = recordOf(0);
    expect(
      (await recordHistory(shown, [await kept(shown, { pinned: true }), await kept(recordOf(1))])).comparedWith,
    ).toBeNull();
  });

  test('leaves out a run whose record is gone', async () => {
    const shown = recordOf(9);
    const gone = await kept(recordOf(1), { pinned: true }, true);
    await rm(gone.folder, { recursive: true });
    const history = await recordHistory(shown, [await kept(shown), gone]);
    expect(history.runs.map(({ id }) => id)).toEqual(['run-9']);
    expect(history.comparedWith).toBeNull();
  });

  test('keeps a hundred runs, and the pinned ones beyond them', async () => {
    const [shown] = [await kept(recordOf(9))];
    const runs = Array.from({ length: 150 }, (_, index): SaidRun => ({
      ...shown,
      annotation: index === 149 ? { pinned: true } : {},
      summary: { ...shown.summary, id: `run-${index}` },
    }));
    const found = await trendRuns(runs);
    expect(found).toHaveLength(101);
    expect(found[0]?.id).toBe('run-149');
  });
});
