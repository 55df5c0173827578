import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { annotateRun } from '../../src/core/history/annotations';
import { listRuns } from '../../src/core/history/listRuns';
import { summariseRecord } from '../../src/core/history/summariseRecord';
import { createRunFilter } from '../../src/extension/views/runFilter';
import { groupRuns } from '../../src/extension/views/runGroups';
import { runRow } from '../../src/extension/views/runRow';
import { syntheticRecord } from '../../test/fixtures/syntheticTrials';
import { median, type Figure } from '../editor/figures';

const runs = 10_000;
const repetitions = 5;
/** What a person takes for at once. */
const immediateMs = 100;

/** The list of ten thousand past runs: read from the disk as at the first look, filtered, grouped, one pinned. */
export async function measureHistory(scratch: string): Promise<readonly Figure[]> {
  const results = path.join(scratch, 'results');
  const summary = summariseRecord(syntheticRecord());
  for (let index = 0; index < runs; index += 1) {
    const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 600_000).toISOString();
    const id = `${createdAt.replaceAll(/[-:.]/g, '')}-flask`;
    const folder = path.join(results, 'runs', id);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'summary.json'), JSON.stringify({ ...summary, id, createdAt }));
  }
  const reading = await timed(async () => listRuns(results));
  const listed = (await listRuns(results)).map((run) => ({ ...run, annotation: {} }));
  const filtering = await timed(() => listed.filter(createRunFilter('flask light 2026-02')));
  const grouping = await timed(() => groupRuns(listed, 'date'));
  const rows = await timed(() => groupRuns(listed, 'date').single.map((run) => runRow(run.summary, {}, Date.now())));
  const pinning = await timed(async () => annotateRun(results, listed[0]?.summary.id ?? '', { pinned: true }));
  const figure = (name: string, times: readonly number[], limit: number, note: string): Figure => ({
    name: `${name} of 10,000 runs`,
    value: median(times),
    unit: 'ms',
    limit,
    note: `${note}, median of ${times.map((time) => time.toFixed(1)).join(', ')}`,
  });
  return [
    figure('reading', reading, 200, 'listRuns, the files in the page cache'),
    figure('rows', rows, immediateMs, 'those that are shown'),
    figure('filter', filtering, immediateMs, 'one letter of what is typed'),
    figure('grouping', grouping, immediateMs, 'by date'),
    figure('pin', pinning, immediateMs, 'written to the disk'),
  ];
}

async function timed(work: () => unknown): Promise<readonly number[]> {
  const times: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}
